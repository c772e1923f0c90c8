// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_reference_convergence_history_h
#define sobolev_reference_convergence_history_h

#include <sobolev/reference/finite_element_solution.h>

#include <deal.II/base/convergence_table.h>

#include <ostream>
#include <vector>

namespace sobolev
{
  /**
   * One row per mesh: `cycle`, `cells`, `dofs`, the relative estimated errors
   * `L2 estimate` and `H1 estimate`, if known the relative exact ones `L2
   * error`, `H1 error` and `Linf error`, and the wall time `seconds`. The rates
   * are with respect to $N^{-1/\mathrm{dim}}$ for $N$ degrees of freedom, which
   * is the mesh size on uniform meshes. Local.
   *
   * @param dim The space dimension.
   */
  dealii::ConvergenceTable
  make_convergence_table(const std::vector<RefinementCycle> &history,
                         const unsigned int                  dim);

  /**
   * Write that table as text, and a last line that says whether the target was
   * reached. Local; usually called on one process only.
   */
  template <int dim>
  void write_convergence_table(const FiniteElementSolution<dim> &solution,
                               std::ostream                     &out);
} // namespace sobolev

#endif
