// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_distance_function_h
#define sobolev_network_distance_function_h

#include <sobolev/network/flat_face.h>
#include <sobolev/network/input_function.h>

namespace sobolev
{
  /**
   * A smooth function that is zero on some flat faces and positive elsewhere in
   * the domain, with normal derivative one on the faces: the factor of a hard
   * boundary constraint (Sukumar and Srivastava 2022, arXiv:2104.08426).
   *
   * The functions of the single faces, see FlatFace, are joined by
   * R-equivalence of order $m$,
   * @f[
   *   \varphi(x) = \Bigl(\sum_i \varphi_i(x)^{-m}\Bigr)^{-1/m} .
   * @f]
   *
   * It is smooth inside, but not where two faces meet: there it behaves as
   * $xy/(x+y)$ does, and its second derivatives grow as the inverse of the
   * distance. At such a point all is evaluated close by, at a distance of about
   * $10^{-12}$ times the size of the boundary.
   *
   * The order $m = 0$ stands for the product
   * @f[
   *   \varphi(x) = c \prod_i \varphi_i(x)
   * @f]
   * with a constant that makes its largest value about the size of the
   * boundary. It is smooth at convex corners, too, a multiple of $x (1-x) y
   * (1-y)$ on the unit square, and trains better than the others; its normal
   * derivative is positive but not one.
   *
   * Inputs after the space coordinates are ignored. In files: "distance", with
   * the parameters dim, $m$, and for each face `trimmed` (0 or 1), the number
   * of vertices, the normal, the vertices.
   */
  class DistanceFunction : public InputFunction
  {
  public:
    /**
     * @param dim   Number of space coordinates.
     * @param faces The faces, at least one.
     * @param order $m$, 0 for the product.
     *
     * @throws InputError if there is no face or one does not fit.
     */
    DistanceFunction(const unsigned int           dim,
                     const std::vector<FlatFace> &faces,
                     const unsigned int           order = 1);

    /** From what parameters() gives. */
    explicit DistanceFunction(const std::vector<double> &parameters);

    std::string name() const override;

    std::vector<double> parameters() const override;

    Jet evaluate(const dealii::ArrayView<const Jet> &x) const override;

  private:
    // Check the faces and compute what follows from them.
    void initialize();

    // The constant in front of the product.
    void compute_scale();

    unsigned int          dim, order;
    std::vector<FlatFace> faces;

    // The size of the boundary; smaller distances than tiny are taken for zero.
    double size, tiny, scale;
  };
} // namespace sobolev

#endif
