// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_damped_factorization_h
#define sobolev_training_damped_factorization_h

#include <sobolev/training/damped_least_squares.h>
#include <sobolev/training/damped_triangle.h>
#include <sobolev/training/tall_factorization.h>

#include <memory>

namespace sobolev
{
  /**
   * What the kinds of DampedLeastSquares have in common that reduce rows to a
   * triangle: the factor $(R \; c)$ of $(J \; \rho)$, or of a sketch of it, and
   * its DampedTriangle $R_\lambda$ for each damping.
   */
  class DampedFactorization : public DampedLeastSquares
  {
  public:
    /** $P \epsilon^2$ with the machine precision $\epsilon$. */
    double smallest_damping() const final;

  protected:
    explicit DampedFactorization(const LeastSquaresProblem &problem);

    TallFactorization factorization;
    /** A null pointer except on the root process. */
    const std::unique_ptr<DampedTriangle> damped;

  private:
    bool factorize_on_root() final;
  };
} // namespace sobolev

#endif
