// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_sampling_parameters_h
#define sobolev_application_sampling_parameters_h

#include <sobolev/sampling/point_rule.h>

#include <deal.II/base/parameter_handler.h>

#include <cstdint>
#include <string>

namespace sobolev
{
  /**
   * The parts of a parameter file that say where a law and its boundary
   * conditions are demanded on a mesh, and how much: sections Sampling and
   * Weights.
   */
  class SamplingParameters
  {
  public:
    void declare_parameters(dealii::ParameterHandler &prm);

    /** @throws InputError for combinations that make no sense. */
    void parse_parameters(dealii::ParameterHandler &prm);

    /** Whether points and weights are those of a quadrature formula. */
    bool
    uses_quadrature() const
    {
      return rule == "quadrature";
    }

    /** Rules for interior and boundary points of the given stream. */
    PointRule
    interior_rule(const std::uint64_t seed, const std::uint64_t stream) const;
    PointRule
    boundary_rule(const std::uint64_t seed, const std::uint64_t stream) const;

    /** Weights of the blocks [-]. */
    double interior_weight = 1., dirichlet_weight = 100., flux_weight = 10.;

  private:
    std::string  rule              = "low discrepancy";
    unsigned int interior_points   = 2500;
    unsigned int boundary_points   = 400;
    unsigned int quadrature_points = 4;
  };
} // namespace sobolev

#endif
