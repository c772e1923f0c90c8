// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/reference/convergence_history.h>

#include <string>

namespace sobolev
{
  dealii::ConvergenceTable
  make_convergence_table(const std::vector<RefinementCycle> &history,
                         const unsigned int                  dim)
  {
    dealii::ConvergenceTable table;
    std::vector<std::string> errors;
    const auto               add_error = [&](const unsigned int cycle,
                               const std::string &name,
                               const double       value) {
      table.add_value(name, value);
      if (cycle == 0)
        errors.push_back(name);
    };

    for (unsigned int c = 0; c < history.size(); ++c)
      {
        const RefinementCycle &cycle = history[c];
        table.add_value("cycle", c);
        table.add_value("cells", static_cast<unsigned int>(cycle.n_cells));
        table.add_value("dofs", static_cast<unsigned int>(cycle.n_dofs));

        const Norms estimate =
          relative_norms(cycle.estimated_error, cycle.solution);
        add_error(c, "L2 estimate", estimate.l2);
        add_error(c, "H1 estimate", estimate.h1);
        if (cycle.exact_error)
          {
            const Norms exact =
              relative_norms(*cycle.exact_error, cycle.solution);
            add_error(c, "L2 error", exact.l2);
            add_error(c, "H1 error", exact.h1);
            add_error(c, "Linf error", exact.linf);
          }
        table.add_value("seconds", cycle.seconds);
      }

    for (const std::string &name : errors)
      {
        table.set_precision(name, 2);
        table.set_scientific(name, true);
        if (history.size() > 1)
          table.evaluate_convergence_rates(
            name, "dofs", dealii::ConvergenceTable::reduction_rate_log2, dim);
      }
    if (!history.empty())
      table.set_precision("seconds", 1);
    return table;
  }



  template <int dim>
  void
  write_convergence_table(const FiniteElementSolution<dim> &solution,
                          std::ostream                     &out)
  {
    make_convergence_table(solution.history, dim).write_text(out);
    out << (solution.reached_target
              ? "The target for the estimated error was reached."
              : "The target for the estimated error was NOT reached.")
        << '\n';
  }



  template void
  write_convergence_table(const FiniteElementSolution<1> &, std::ostream &);
  template void
  write_convergence_table(const FiniteElementSolution<2> &, std::ostream &);
  template void
  write_convergence_table(const FiniteElementSolution<3> &, std::ostream &);
} // namespace sobolev
