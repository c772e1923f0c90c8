// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/sampling_parameters.h>
#include <sobolev/base/exceptions.h>

#include <deal.II/base/patterns.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  namespace
  {
    unsigned int
    multiply(const unsigned int n, const double factor)
    {
      return std::max(1U, static_cast<unsigned int>(std::round(n * factor)));
    }
  } // namespace



  void
  SamplingParameters::declare_parameters(dealii::ParameterHandler &prm)
  {
    using namespace dealii::Patterns;

    prm.enter_subsection("Sampling");
    prm.add_parameter("rule",
                      rule,
                      "How collocation points are placed in the cells [-].",
                      Selection("low discrepancy|quadrature"));
    prm.add_parameter("interior points",
                      interior_points,
                      "Collocation points in the domain, for low discrepancy "
                      "[-].",
                      Integer(1));
    prm.add_parameter("boundary points",
                      boundary_points,
                      "Collocation points on the whole boundary, for low "
                      "discrepancy [-].",
                      Integer(1));
    prm.add_parameter("quadrature points",
                      quadrature_points,
                      "Gauss points per direction of a cell, for quadrature "
                      "[-].",
                      Integer(1, 100));
    prm.leave_subsection();

    prm.enter_subsection("Weights");
    prm.add_parameter("interior",
                      interior_weight,
                      "Weight of the strong residual in the loss [-].",
                      Double(0.));
    prm.add_parameter("dirichlet",
                      dirichlet_weight,
                      "Weight of Dirichlet conditions [-].",
                      Double(0.));
    prm.add_parameter("flux",
                      flux_weight,
                      "Weight of Neumann and Robin conditions [-].",
                      Double(0.));
    prm.add_parameter("flux definition",
                      flux_definition_weight,
                      "Weight of the equations sigma = F of a first-order "
                      "system [-].",
                      Double(0.));
    prm.leave_subsection();
  }



  void
  SamplingParameters::parse_parameters(dealii::ParameterHandler &)
  {
    AssertInput(interior_weight > 0.,
                "Weights/interior: the value 0 leaves nothing of the law; it "
                "must be positive.");
    AssertInput(flux_definition_weight > 0.,
                "Weights/flux definition: the value 0 leaves the fluxes of a "
                "first-order system undefined; it must be positive.");
  }



  PointRule
  SamplingParameters::interior_rule(const std::uint64_t seed,
                                    const PointDraw    &draw,
                                    const unsigned int  dim) const
  {
    PointRule result;
    result.kind = rule == "quadrature" ? PointRule::Kind::quadrature
                                       : PointRule::Kind::low_discrepancy;
    result.n_quadrature_points = quadrature_points;
    result.n_points            = multiply(interior_points, draw.factor);
    result.seed                = seed;
    result.stream              = draw.stream;
    // The formula with one point more is for the hold-out points.
    if (draw.factor > 1.)
      result.n_quadrature_points =
        std::max(quadrature_points + 2,
                 multiply(quadrature_points, std::pow(draw.factor, 1. / dim)));
    if (draw.stream == PointRule::hold_out_stream)
      result.n_quadrature_points += 1;
    return result;
  }



  PointRule
  SamplingParameters::boundary_rule(const std::uint64_t seed,
                                    const PointDraw    &draw,
                                    const unsigned int  dim) const
  {
    PointRule result = interior_rule(seed, draw, dim);
    result.n_points  = multiply(boundary_points, draw.factor);
    return result;
  }
} // namespace sobolev
