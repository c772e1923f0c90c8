// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_problem_parameters_h
#define sobolev_application_problem_parameters_h

#include <sobolev/problem/boundary_condition.h>
#include <sobolev/problem/expression_factory.h>
#include <sobolev/problem/mesh_description.h>

#include <deal.II/base/parameter_handler.h>

#include <memory>
#include <string>

namespace sobolev
{
  /**
   * The part of a parameter file that describes a problem, but for its law:
   * name, constants, mesh, boundary conditions, exact solution.
   *
   * A boundary condition is written as `id: expression`, several are separated
   * by semicolons, and for a law with several components the id is followed by
   * a dot and the number of the component, `0.1: sin(x)`.
   */
  class ProblemParameters
  {
  public:
    void declare_parameters(dealii::ParameterHandler &prm);

    void parse_parameters(dealii::ParameterHandler &prm);

    /** Constants for the expressions, from entries `name = number`. */
    std::map<std::string, double> parse_constants() const;

    /**
     * The boundary conditions.
     *
     * @throws InputError for anything that is not `id: expression`, and for a
     * Robin condition without transfer coefficient or the other way around.
     */
    template <int dim>
    BoundaryConditions<dim>
    make_boundary_conditions(const ExpressionFactory<dim> &expressions) const;

    std::string     name;
    MeshDescription mesh;
    std::string     exact_solution;

  private:
    std::string constants;
    std::string dirichlet, neumann, robin, transfer_coefficient;
  };
} // namespace sobolev

#endif
