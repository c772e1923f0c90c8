// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_formula_program_h
#define sobolev_network_formula_program_h

#include <sobolev/network/formula.h>

#include <deal.II/base/array_view.h>

#include <map>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * Some formulas $f_k(x, s)$ of inputs $x$ and symbols $s$, made ready for
   * being evaluated with their derivatives in the symbols at many points, again
   * and again with the same inputs and other symbols.
   *
   * What depends on the inputs only is computed once, as a table with
   * n_known() numbers per point. The rest is a list of operations, without
   * repetitions, each of which is done for a whole tile of points; derivatives
   * are computed by one sweep backwards through the list for each formula. They
   * are those that a Jet would have.
   *
   * Thread-safe; local to the process. After the first call by a thread, no
   * memory is allocated.
   */
  class FormulaProgram
  {
  public:
    /**
     * @param formulas    The formulas; of their variables the first
     *                    @p n_inputs are the inputs, the others the symbols.
     * @param symbol_rows The row of each symbol in the tables of evaluate().
     */
    FormulaProgram(const std::vector<Formula>      &formulas,
                   const unsigned int               n_inputs,
                   const std::vector<unsigned int> &symbol_rows);

    /** The number of formulas. */
    unsigned int
    n_formulas() const
    {
      return results.size();
    }

    /** Numbers per point that depend on the inputs only. */
    unsigned int
    n_known() const
    {
      return known_nodes.size();
    }

    /** The text of one of them. */
    const std::string &
    known_text(const unsigned int k) const
    {
      return known_texts[k];
    }

    /** Compute them for a point; @p known has n_known() entries. */
    void compute_known(const dealii::ArrayView<const double> &inputs,
                       const dealii::ArrayView<double>       &known) const;

    /**
     * Evaluate at a tile of @p n_points points $p$.
     *
     * @param known        Number $k$ of compute_known() at
     *                     `k * known_stride + p`.
     * @param symbols      Row $r$ at `r * stride + p`.
     * @param values       Formula $f$ at `f * stride + p`.
     * @param n_rows       Rows in @p symbols.
     * @param derivatives  $\partial f / \partial$ (row $r$) at `(f * n_rows +
     *                     r) * stride + p`; an empty view skips them. Rows
     *                     that are no symbol are not written.
     */
    void evaluate(const unsigned int               n_points,
                  const double                    *known,
                  const std::size_t                known_stride,
                  const double                    *symbols,
                  const unsigned int               stride,
                  const dealii::ArrayView<double> &values,
                  const unsigned int               n_rows,
                  const dealii::ArrayView<double> &derivatives) const;

  private:
    enum class Kind
    {
      number,
      input,
      symbol,
      plus,
      minus,
      times,
      divided,
      negative,
      sine,
      cosine,
      exponential,
      hyperbolic_tangent,
      square_root,
      // Any other, by its FormulaOperation.
      other
    };

    struct Node
    {
      Kind                      kind = Kind::number;
      const FormulaOperation   *what = nullptr;
      std::vector<unsigned int> arguments;
      double                    number   = 0.;
      unsigned int              variable = 0;
      // Whether it does not depend on symbols.
      bool is_known = true;
      // Number of the column with its values: of the known ones, of the symbols
      // or of the registers; behind the register of an `other` operation are
      // its derivatives by argument.
      unsigned int place = 0;
    };

    struct Workspace;

    // The number of the node for a formula; adds what is missing.
    unsigned int add(const Formula &formula, const unsigned int n_inputs);
    unsigned int add_operation(const FormulaOperation          &operation,
                               const std::vector<unsigned int> &arguments);
    unsigned int add_node(const Node &node, const std::string &key);

    // Decide what is computed when, and where values are.
    void arrange();
    void mark_as_known(const unsigned int number);

    double
    evaluate_known(const Node &node, const std::vector<double> &values) const;
    void step_forwards(const Node      &node,
                       const Workspace &workspace,
                       const bool       with_derivatives) const;
    void step_backwards(const unsigned int number,
                        const Workspace   &workspace,
                        double            *derivatives) const;

    std::vector<Node> nodes;
    // Nodes of the formulas, of what is known, and of the operations and
    // numbers to go through in a tile.
    std::vector<unsigned int> results, known_nodes, program, numbers;
    std::vector<std::string>  known_texts;
    std::vector<unsigned int> symbol_rows;
    unsigned int              n_registers = 0;

    // While the list is made: nodes and texts by what they are.
    std::map<std::string, unsigned int> node_of_key;
    std::vector<std::string>            text_of_node;
  };
} // namespace sobolev

#endif
