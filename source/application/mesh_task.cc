// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/mesh_task.h>
#include <sobolev/objective/boundary_energy.h>
#include <sobolev/objective/boundary_residual.h>
#include <sobolev/objective/data_residual.h>
#include <sobolev/objective/interior_energy.h>
#include <sobolev/objective/interior_residual.h>
#include <sobolev/objective/network_objective.h>
#include <sobolev/objective/ritz_energy.h>
#include <sobolev/objective/sum_of_losses.h>
#include <sobolev/sampling/sample_boundary.h>
#include <sobolev/sampling/sample_interior.h>

#include <utility>

namespace sobolev
{
  template <int dim>
  MeshTask<dim>::MeshTask(const Problem<dim>             &problem,
                          std::shared_ptr<const Law<dim>> law,
                          const NetworkParameters        &network_parameters,
                          const SamplingParameters       &sampling_parameters,
                          const bool                      uses_energy,
                          const std::uint64_t             seed)
    : problem(problem)
    , law(std::move(law))
    , network_parameters(network_parameters)
    , sampling_parameters(sampling_parameters)
    , uses_energy(uses_energy)
    , seed(seed)
  {
  }



  template <int dim>
  void
  MeshTask<dim>::set_unknown_coefficients(
    const CoefficientParameters &parameters)
  {
    coefficient_parameters = &parameters;
  }



  template <int dim>
  void
  MeshTask<dim>::set_data(const Observations &observations, const double weight)
  {
    data        = &observations;
    data_weight = weight;
  }



  template <int dim>
  Architecture
  MeshTask<dim>::make_architecture(
    const std::map<std::string, double> &constants) const
  {
    const Box          box = bounding_box();
    const unsigned int n_coefficients =
      coefficient_parameters ? coefficient_parameters->names().size() : 0;
    auto architecture =
      network_parameters.make_architecture(box,
                                           coordinate_names(dim),
                                           law->n_components() - n_coefficients,
                                           constants,
                                           seed);
    if (network_parameters.hard_boundary.is_used())
      {
        add_hard_boundary(
          architecture, network_parameters.hard_boundary, problem, constants);
        check_hard_boundary(
          architecture, problem, interior_points({}), boundary_points({}));
      }
    if (coefficient_parameters)
      coefficient_parameters->add_to(architecture, box);
    return architecture;
  }



  template <int dim>
  Box
  MeshTask<dim>::bounding_box() const
  {
    const auto corners = problem.bounding_box().get_boundary_points();
    return Box{{corners.first.begin_raw(), corners.first.end_raw()},
               {corners.second.begin_raw(), corners.second.end_raw()}};
  }



  template <int dim>
  TrainingTask::Loss
  MeshTask<dim>::make_loss(const Network &network, const PointDraw &draw) const
  {
    // 1. The interior.
    std::vector<std::unique_ptr<EnergyBlock>>   energies;
    std::vector<std::unique_ptr<ResidualBlock>> residuals;
    if (uses_energy)
      energies.push_back(std::make_unique<InteriorEnergy<dim>>(
        problem.law, interior_points(draw)));
    else
      for (const EquationBlock &equations : law->equation_blocks())
        residuals.push_back(std::make_unique<InteriorResidual<dim>>(
          law,
          equations,
          interior_points(draw),
          equations.name == "flux" ? sampling_parameters.flux_definition_weight
                                   : sampling_parameters.interior_weight));

    // 2. The boundary: of an energy, Dirichlet conditions are penalties.
    for (const auto &part : boundary_points(draw))
      for (const auto &condition : problem.boundary_conditions.at(part.first))
        {
          const bool is_dirichlet =
            condition.kind == BoundaryCondition<dim>::Kind::dirichlet;
          if (is_dirichlet && network_parameters.hard_boundary.is_used())
            continue;
          if (uses_energy && !is_dirichlet)
            energies.push_back(
              std::make_unique<BoundaryEnergy<dim>>(condition, part.second));
          else
            residuals.push_back(std::make_unique<BoundaryResidual<dim>>(
              law,
              condition,
              part.second,
              is_dirichlet ? sampling_parameters.dirichlet_weight
                           : sampling_parameters.flux_weight));
        }

    // 3. Data.
    if (data)
      residuals.push_back(std::make_unique<DataResidual>(
        "data", *data, network.n_outputs(), data_weight));

    // 4. Their sum.
    const Precision precision = network_parameters.precision();
    std::vector<std::unique_ptr<LocalLoss>> parts;
    std::size_t                             n_points = 0;
    if (!energies.empty())
      {
        auto energy =
          std::make_unique<RitzEnergy>(network, std::move(energies), precision);
        n_points += energy->n_points();
        parts.push_back(std::move(energy));
      }
    if (!residuals.empty())
      {
        auto objective = std::make_unique<NetworkObjective>(
          network, std::move(residuals), precision);
        n_points += objective->n_points();
        parts.push_back(std::move(objective));
      }
    if (parts.size() == 1)
      return {std::move(parts[0]), n_points};
    return {std::make_unique<SumOfLosses>(std::move(parts)), n_points};
  }



  template <int dim>
  CollocationPoints<dim>
  MeshTask<dim>::interior_points(const PointDraw &draw) const
  {
    return sample_interior(problem,
                           sampling_parameters.interior_rule(seed, draw, dim));
  }



  template <int dim>
  std::map<dealii::types::boundary_id, CollocationPoints<dim>>
  MeshTask<dim>::boundary_points(const PointDraw &draw) const
  {
    return sample_boundary(problem,
                           sampling_parameters.boundary_rule(seed, draw, dim));
  }



  template <int dim>
  TrainingTask
  MeshTask<dim>::training_task() const
  {
    return {[this](const Network &network, const PointDraw &draw) {
              return make_loss(network, draw);
            },
            [this](const PointDraw &draw) {
              return InputPoints(interior_points(draw));
            }};
  }



  template class MeshTask<1>;
  template class MeshTask<2>;
  template class MeshTask<3>;
} // namespace sobolev
