// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_input_function_h
#define sobolev_network_input_function_h

#include <sobolev/network/jet.h>

#include <deal.II/base/array_view.h>

#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  class PointTile;

  /**
   * A known function $\phi(x)$ of the inputs of a network, written once, as a
   * formula in Jet numbers, from which all its derivatives follow.
   *
   * It serves as a feature, which is handed to the first layer beside the
   * scaled coordinates and lets a smooth network represent what it could not
   * otherwise (the singularity at a re-entrant corner), and as a part of a hard
   * boundary constraint, see Architecture.
   *
   * Thread-safe, identified in files by name(), parameters() and text(), but
   * for FrozenOutput, whose network is in the file too.
   */
  class InputFunction
  {
  public:
    virtual ~InputFunction() = default;

    /** The name under which make_input_function() knows the class. */
    virtual std::string name() const = 0;

    /** The numbers that make_input_function() needs to make an equal one. */
    virtual std::vector<double> parameters() const = 0;

    /** The text that make_input_function() needs to make an equal one. */
    virtual std::string text() const;

    /**
     * Evaluate at one point.
     *
     * @param x All inputs of the network, in physical units.
     */
    virtual Jet evaluate(const dealii::ArrayView<const Jet> &x) const = 0;

    /**
     * Evaluate at many points: one after the other with evaluate(), unless a
     * class knows better.
     *
     * @param points Referenced points, and buffers.
     * @param values Channel $c$ at point $p$ goes to
     *               `values[c * points.n_points() + p]`.
     */
    virtual void evaluate_points(PointTile &points, double *values) const;
  };



  /**
   * The function called @p name with the given parameters and text.
   *
   * @throws InputError if the name is unknown or the parameters do not fit.
   */
  std::shared_ptr<const InputFunction>
  make_input_function(const std::string         &name,
                      const std::vector<double> &parameters,
                      const std::string         &text = "");
} // namespace sobolev

#endif
