// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_hard_boundary_h
#define sobolev_application_hard_boundary_h

#include <sobolev/network/architecture.h>
#include <sobolev/problem/problem.h>
#include <sobolev/sampling/collocation_points.h>

#include <deal.II/base/parameter_handler.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * How Dirichlet conditions are built into a network, $u = g + \varphi\, N$,
   * instead of being part of the loss: entries of the section Network.
   */
  struct HardBoundaryOptions
  {
    /** Declare the entries; the section Network has been entered. */
    void declare_parameters(dealii::ParameterHandler &prm);

    /** @throws InputError for combinations that make no sense. */
    void check() const;

    bool
    is_used() const
    {
      return kind != "none";
    }

    /** "none", "mesh" (DistanceFunction) or "formula". */
    std::string kind = "none";

    /** $\varphi$ for "formula"; one formula, or one per component. */
    std::string distance;

    /** The order of the DistanceFunction for "mesh". */
    unsigned int distance_order = 0;

    /** $g$; empty for the formula of the conditions. */
    std::string extension;
  };



  /**
   * Set the offsets and factors of @p architecture so that it fulfils all
   * Dirichlet conditions of @p problem, component by component. Components
   * without such a condition stay as they are. Not collective, the same on all
   * processes.
   *
   * @param constants Constants of the formulas.
   *
   * @throws InputError with a sentence that names the entry: formulas that are
   * not valid, conditions with different data without an extension, boundaries
   * whose distance cannot be computed.
   */
  template <int dim>
  void add_hard_boundary(Architecture                        &architecture,
                         const HardBoundaryOptions           &options,
                         const Problem<dim>                  &problem,
                         const std::map<std::string, double> &constants);

  /**
   * Check the formulas of a hard boundary at some points: the factor must
   * vanish where a Dirichlet condition holds and keep its sign in the domain,
   * and the offset must be the data of the condition. Collective.
   *
   * @throws InputError on all processes alike.
   */
  template <int dim>
  void check_hard_boundary(const Architecture                     &architecture,
                           const Problem<dim>                     &problem,
                           const CollocationPoints<dim>           &interior,
                           const std::map<dealii::types::boundary_id,
                                          CollocationPoints<dim>> &boundary);

  /**
   * Set the offsets and factors of the first @p n_unknowns outputs of
   * @p architecture to the formulas of the options, in the inputs with the
   * names @p variables. Nothing is checked but their syntax: which conditions
   * they fulfil is up to who wrote them.
   *
   * @throws InputError as add_hard_boundary().
   */
  void add_formula_boundary(Architecture                        &architecture,
                            const HardBoundaryOptions           &options,
                            const unsigned int                   n_unknowns,
                            const std::vector<std::string>      &variables,
                            const std::map<std::string, double> &constants);

  /** x, y, z as far as @p dim allows. */
  std::vector<std::string> coordinate_names(const unsigned int dim);

  /**
   * A formula of the section Network.
   *
   * @throws InputError that begins with the name of the @p entry.
   */
  std::shared_ptr<const InputFunction>
  make_formula(const std::string                   &entry,
               const std::string                   &text,
               const std::vector<std::string>      &variables,
               const std::map<std::string, double> &constants);
} // namespace sobolev

#endif
