// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_input_feature_h
#define sobolev_network_input_feature_h

#include <deal.II/base/array_view.h>

#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * A known function $\phi(x)$ of the inputs that is handed to the first layer
   * beside the scaled coordinates, with its exact derivatives. Features let a
   * smooth network represent what it could not otherwise, for instance the
   * singularity at a re-entrant corner.
   *
   * Thread-safe, identified in files by name() and parameters().
   */
  class InputFeature
  {
  public:
    virtual ~InputFeature() = default;

    /** The name under which make_input_feature() knows the class. */
    virtual std::string name() const = 0;

    /** The numbers that make_input_feature() needs to make an equal feature. */
    virtual std::vector<double> parameters() const = 0;

    /**
     * Evaluate at one point.
     *
     * @param x        All inputs of the network, in physical units.
     * @param gradient $\partial\phi/\partial x_i$, size $n$ of @p x.
     * @param hessian  $\partial^2\phi/\partial x_i \partial x_j$ at
     *                 `i * n + j`, size $n^2$.
     * @return $\phi(x)$.
     */
    virtual double evaluate(const dealii::ArrayView<const double> &x,
                            const dealii::ArrayView<double>       &gradient,
                            const dealii::ArrayView<double> &hessian) const = 0;
  };



  /**
   * The feature called @p name with the given parameters.
   *
   * @throws InputError if the name is unknown or the parameters do not fit.
   */
  std::shared_ptr<const InputFeature>
  make_input_feature(const std::string         &name,
                     const std::vector<double> &parameters);
} // namespace sobolev

#endif
