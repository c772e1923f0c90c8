// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_sampling_parameters_h
#define sobolev_application_sampling_parameters_h

#include <sobolev/sampling/point_draw.h>
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

    /**
     * Rules for interior and boundary points. Gauss points do not depend on
     * the stream: the hold-out points are those of the next formula, and a
     * factor that is larger than one gives at least two more per direction.
     *
     * @param dim The dimension of the mesh.
     */
    PointRule interior_rule(const std::uint64_t seed,
                            const PointDraw    &draw,
                            const unsigned int  dim) const;
    PointRule boundary_rule(const std::uint64_t seed,
                            const PointDraw    &draw,
                            const unsigned int  dim) const;

    /** Weights of the blocks [-]. */
    double interior_weight = 1., dirichlet_weight = 100., flux_weight = 10.;
    double flux_definition_weight = 1.;

  private:
    std::string  rule              = "low discrepancy";
    unsigned int interior_points   = 2500;
    unsigned int boundary_points   = 400;
    unsigned int quadrature_points = 4;
  };
} // namespace sobolev

#endif
