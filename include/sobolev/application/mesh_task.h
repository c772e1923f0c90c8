// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_mesh_task_h
#define sobolev_application_mesh_task_h

#include <sobolev/application/coefficient_parameters.h>
#include <sobolev/application/network_parameters.h>
#include <sobolev/application/sampling_parameters.h>
#include <sobolev/application/training_task.h>
#include <sobolev/problem/problem.h>
#include <sobolev/sampling/observations.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace sobolev
{
  /**
   * What a network has to learn of a problem on a mesh: the law at points in
   * the interior, or its energy, and the conditions at points on the boundary.
   * Each of the law's blocks of equations is one term of the loss.
   *
   * References the problem and the parameters. All functions are collective.
   */
  template <int dim>
  class MeshTask
  {
  public:
    /**
     * @param law         That of the problem, or one with further unknowns that
     *                    is made from it, such as FirstOrderSystem.
     * @param uses_energy Whether the energy of the law is minimised, instead
     *                    of squares of residuals.
     * @param seed        For points and random features.
     */
    MeshTask(const Problem<dim>             &problem,
             std::shared_ptr<const Law<dim>> law,
             const NetworkParameters        &network_parameters,
             const SamplingParameters       &sampling_parameters,
             const bool                      uses_energy,
             const std::uint64_t             seed);

    /**
     * Also train the coefficients of the law that are not known. The parameters
     * are referenced.
     */
    void set_unknown_coefficients(const CoefficientParameters &parameters);

    /** Also fit data, a block of its own. They are referenced. */
    void set_data(const Observations &observations, const double weight);

    /**
     * The network of the parameters for this problem, with its hard boundary and
     * unknown coefficients.
     *
     * @param constants Constants of the formulas.
     *
     * @throws InputError for parameters that do not fit the problem.
     */
    Architecture
    make_architecture(const std::map<std::string, double> &constants) const;

    /** See TrainingTask. */
    TrainingTask::Loss
    make_loss(const Network &network, const PointDraw &draw) const;

    /** The box around the mesh, for the inputs. */
    Box bounding_box() const;

    CollocationPoints<dim> interior_points(const PointDraw &draw) const;

    /** The two functions above; they reference this object. */
    TrainingTask training_task() const;

  private:
    std::map<dealii::types::boundary_id, CollocationPoints<dim>>
    boundary_points(const PointDraw &draw) const;

    const Problem<dim>                   &problem;
    const std::shared_ptr<const Law<dim>> law;
    const NetworkParameters              &network_parameters;
    const SamplingParameters             &sampling_parameters;
    const bool                            uses_energy;
    const std::uint64_t                   seed;

    const CoefficientParameters *coefficient_parameters = nullptr;
    const Observations          *data                   = nullptr;
    double                       data_weight            = 1.;
  };
} // namespace sobolev

#endif
