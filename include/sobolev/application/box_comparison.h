// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_box_comparison_h
#define sobolev_application_box_comparison_h

#include <sobolev/application/equation_parameters.h>
#include <sobolev/application/report.h>
#include <sobolev/network/network.h>
#include <sobolev/sampling/box.h>
#include <sobolev/sampling/input_points.h>

#include <deal.II/base/mpi.h>

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * Differences between a network and a known solution, from values at points:
   * $L_2$ and $L_\infty$ norms, root mean square, and the norms relative to
   * those of the solution.
   */
  struct BoxErrors
  {
    double l2 = 0., relative_l2 = 0., rms = 0., linf = 0., relative_linf = 0.;
  };

  /** All outputs of a network: by output, then by point. Local. */
  std::vector<std::vector<double>>
  evaluate_outputs(const Network             &network,
                   const std::vector<double> &theta,
                   const InputPoints         &points);

  /**
   * The errors of some outputs and, in the last entry, of all of them together,
   * at the points of all processes. Collective.
   */
  std::vector<BoxErrors>
  compute_box_errors(const Network                      &network,
                     const std::vector<double>          &theta,
                     const EquationParameters::Solution &solution,
                     const std::vector<unsigned int>    &outputs,
                     const InputPoints                  &points,
                     const MPI_Comm                      communicator);

  /**
   * The $L_2$ norm of the error of some outputs' gradients, $|\nabla u -
   * \nabla u_\theta|$, relative to that of the known gradient. It does not
   * change with a function of the other inputs that is added to an output, such
   * as the pressure of an incompressible flow is free to have. Collective.
   *
   * @param inputs What the gradient is taken in.
   */
  std::vector<double> compute_box_gradient_errors(
    const Network                              &network,
    const std::vector<double>                  &theta,
    const EquationParameters::SolutionGradient &gradient,
    const std::vector<unsigned int>            &outputs,
    const std::vector<unsigned int>            &inputs,
    const InputPoints                          &points,
    const MPI_Comm                              communicator);

  /**
   * Add pictures of some outputs and, if there is a @p solution, of it and of
   * the error to @p report: curves for one input, otherwise images in the first
   * two inputs, with the others in the middle of the @p box. Local.
   */
  void add_box_pictures(const Network                      &network,
                        const std::vector<double>          &theta,
                        const EquationParameters::Solution &solution,
                        const Box                          &box,
                        const FormulaNames                 &names,
                        const std::vector<unsigned int>    &outputs,
                        Report                             &report);
} // namespace sobolev

#endif
