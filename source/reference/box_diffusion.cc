// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/problem/laws/diffusion_advection_reaction.h>
#include <sobolev/reference/box_diffusion.h>
#include <sobolev/reference/finite_element_solver.h>

#include <deal.II/fe/mapping_q1.h>
#include <deal.II/grid/grid_generator.h>
#include <deal.II/grid/tria.h>
#include <deal.II/numerics/fe_field_function.h>

namespace sobolev
{
  namespace
  {
    Problem<2>
    make_problem(const dealii::Triangulation<2>  &triangulation,
                 const dealii::Mapping<2>        &mapping,
                 const BoxDiffusion::Coefficient &diffusion,
                 const BoxDiffusion::Coefficient &source,
                 const BoxDiffusion::Coefficient &boundary)
    {
      DiffusionAdvectionReactionOptions<2> options;
      options.diffusion = {diffusion};
      options.source    = source;
      return {
        "diffusion in a rectangle",
        MPI_COMM_SELF,
        triangulation,
        mapping,
        std::make_shared<DiffusionAdvectionReaction<2>>(options),
        {{0, {{BoundaryCondition<2>::Kind::dirichlet, 0, boundary, nullptr}}}},
        nullptr};
    }



    FiniteElementOptions
    make_options()
    {
      FiniteElementOptions options;
      options.degree                   = 4;
      options.target_relative_l2_error = 1e-7;
      options.max_dofs                 = 200000;
      return options;
    }
  } // namespace



  struct BoxDiffusion::Parts
  {
    using Field = dealii::Functions::FEFieldFunction<2, FiniteElementVector>;

    Parts(const dealii::Point<2> &lower,
          const dealii::Point<2> &upper,
          const Coefficient      &diffusion,
          const Coefficient      &source,
          const Coefficient      &boundary)
      : problem(
          make_problem(triangulation, mapping, diffusion, source, boundary))
    {
      dealii::GridGenerator::subdivided_hyper_rectangle(
        triangulation, {4, 4}, lower, upper);
      solution = FiniteElementSolver<2>(problem, make_options()).solve();
      field    = std::make_unique<Field>(
        solution->dof_handler(), solution->values, *solution->mapping);
    }

    dealii::Triangulation<2>                  triangulation;
    const dealii::MappingQ1<2>                mapping;
    const Problem<2>                          problem;
    std::unique_ptr<FiniteElementSolution<2>> solution;
    std::unique_ptr<Field>                    field;
  };



  BoxDiffusion::BoxDiffusion(const dealii::Point<2> &lower,
                             const dealii::Point<2> &upper,
                             const Coefficient      &diffusion,
                             const Coefficient      &source,
                             const Coefficient      &boundary)
    : parts(std::make_unique<const Parts>(lower,
                                          upper,
                                          diffusion,
                                          source,
                                          boundary))
  {
  }



  BoxDiffusion::~BoxDiffusion() = default;



  double
  BoxDiffusion::value(const dealii::Point<2> &point,
                      const unsigned int      component) const
  {
    return parts->field->value(point, component);
  }



  double
  BoxDiffusion::estimated_relative_error() const
  {
    return parts->solution->estimated_error().l2 / parts->solution->norms().l2;
  }
} // namespace sobolev
