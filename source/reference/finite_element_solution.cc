// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/reference/finite_element_solution.h>
#include <sobolev/reference/reference_mesh.h>

namespace sobolev
{
  template <int dim>
  FiniteElementSolution<dim>::FiniteElementSolution(const Problem<dim> &problem,
                                                    const unsigned int  degree)
    : problem(problem)
    , triangulation(copy_mesh(problem))
    , mapping(problem.mapping.clone())
    , space(std::make_unique<FiniteElementSpace<dim>>(problem,
                                                      *triangulation,
                                                      *mapping,
                                                      degree))
    , values(space->create_vector())
  {
    values.update_ghost_values();
  }



  template struct FiniteElementSolution<1>;
  template struct FiniteElementSolution<2>;
  template struct FiniteElementSolution<3>;
} // namespace sobolev
