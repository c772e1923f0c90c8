// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_flat_face_h
#define sobolev_network_flat_face_h

#include <sobolev/network/jet.h>

#include <deal.II/base/array_view.h>

#include <vector>

namespace sobolev
{
  /**
   * A flat part of a boundary: a point, a segment or a convex polygon.
   *
   * With the signed distance $f$ to its line or plane, the function
   * @f[
   *   \varphi = \sqrt{f^2 + g^2}, \qquad
   *   g = \tfrac12 \bigl(\sqrt{t^2 + f^4 / L^2} - t\bigr)
   * @f]
   * is zero on the face only, if the trimming function $t$ is positive on it
   * and negative on the rest of the line or plane, and has normal derivative
   * one there (Sukumar and Srivastava 2022, arXiv:2104.08426; they have no $L$,
   * the size of the face, which makes the function independent of the unit of
   * length). For a segment with centre $c$, $t = L/4 - |x - c|^2 / L$. For a
   * polygon, the signed distances to its edges are joined by
   * @f[
   *   t_1 \wedge t_2 = \bigl(t_1 + t_2 - r\bigr) \frac{r^2}{r^2 + L^2/100},
   *   \qquad r^2 = t_1^2 + t_2^2 ,
   * @f]
   * whose second derivatives are continuous. Where the whole domain lies on
   * one side of the plane and touches it only in this face, nothing has to be
   * trimmed: $\varphi = f$. In 1D it is always so.
   */
  struct FlatFace
  {
    /** Unit normal that points into the domain. */
    std::vector<double> normal;

    /**
     * The point; the ends of the segment; the vertices of the polygon, in one
     * or the other sense around it. One point is enough if not trimmed.
     */
    std::vector<std::vector<double>> vertices;

    bool trimmed = true;

    /** The largest distance between two vertices, $L$ [x]. */
    double size() const;

    /** $\varphi$ at the point @p x. */
    Jet distance(const dealii::ArrayView<const Jet> &x) const;

  private:
    // t.
    Jet trimming(const dealii::ArrayView<const Jet> &x) const;
  };
} // namespace sobolev

#endif
