// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_damping_search_h
#define sobolev_training_damping_search_h

#include <sobolev/training/damped_least_squares.h>

#include <vector>

namespace sobolev
{
  /**
   * Finds the damping $\lambda$ for which the step $p(\lambda)$ of a
   * DampedLeastSquares has a given length $D$: the step of a trust region.
   *
   * $\|p(\lambda)\|$ falls with $\lambda$ on a logarithmic scale with the slope
   * @f[
   *   \frac{d \log \|p\|}{d \log \lambda}
   *     = - \lambda\, \frac{p^T (J^T J + \lambda I)^{-1} p}{\|p\|^2}
   *     \in [-1, 0] ,
   * @f]
   * so that a solution more gives Newton's method for $\log \|p\| - \log D$ in
   * $\log \lambda$; it stays in an interval that brackets the root, which is
   * halved where Newton leaves it. (Moré, 1978, has $1/\|p\|$ and $\lambda$,
   * which needs more iterations where singular values are spread over many
   * decades.) What was computed for other radii since assemble(), or at the end
   * of the linearisation before, gives the first guess: mostly, one or two
   * factorisations per radius are enough.
   *
   * All functions are collective unless they say otherwise.
   */
  class DampingSearch
  {
  public:
    /**
     * @param tolerance Of the length of a step, relative to the radius.
     * @param max_factorizations For each radius.
     */
    explicit DampingSearch(const double       tolerance          = 0.1,
                           const unsigned int max_factorizations = 10);

    /**
     * Forget the linearisation before. Local.
     *
     * @param equations   Just assembled; referenced until the next call.
     * @param first_guess A damping to begin with in the first search of all.
     */
    void reinit(DampedLeastSquares &equations, const double first_guess);

    /**
     * Find the step of length @p radius. If even the one with the smallest
     * damping that can be used is shorter, it is that one: see
     * is_limited_by_damping(). The equations are left factorised for it.
     *
     * @return Whether there is a step that is finite.
     */
    bool find(const double radius);

    /** The damping $\lambda$ that was found. Local. */
    double
    damping() const
    {
      return current.damping;
    }

    /** $p(\lambda)$, as by DampedLeastSquares::compute_rough_step(). Local. */
    const std::vector<double> &
    step() const
    {
      return current_step;
    }

    /** Whether DampedLeastSquares::compute_step() would be better. Local. */
    bool
    step_is_rough() const
    {
      return is_rough;
    }

    /** Its length. Local. */
    double
    length() const
    {
      return current.length;
    }

    /**
     * Whether the step is shorter than the radius because there is no smaller
     * damping: below DampedLeastSquares::smallest_damping(), or the damped
     * matrix is singular. Local.
     */
    bool
    is_limited_by_damping() const
    {
      return is_limited;
    }

    /** Factorisations since the beginning. Local. */
    unsigned int
    n_factorizations() const
    {
      return n_done;
    }

  private:
    // The length is NaN if the damped matrix could not be factorised.
    struct Sample
    {
      double damping, length, slope;
    };

    // Factorise and compute the step, unless that is what there is.
    void evaluate(const double damping);

    // The damping where Newton's method from a sample arrives.
    static double extrapolate(const Sample &sample, const double radius);

    const double        tolerance;
    const unsigned int  max_factorizations;
    DampedLeastSquares *equations;
    std::vector<Sample> samples;
    Sample              current;
    std::vector<double> current_step;
    bool                has_current, is_rough, is_limited;
    unsigned int        n_done;
  };
} // namespace sobolev

#endif
