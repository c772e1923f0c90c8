// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/formula_program.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace sobolev
{
  namespace
  {
    // The most arguments of an operation; min and max are taken in pairs.
    constexpr unsigned int max_arguments = 3;



    // Arguments of an operation at a point, and which of them are variable.
    struct Arguments
    {
      unsigned int                      size;
      std::array<double, max_arguments> values;
      std::array<bool, max_arguments>   are_variable;
    };



    // Value and derivatives in the arguments of any operation.
    Jet
    evaluate_jet(const FormulaOperation &operation, const Arguments &arguments)
    {
      static const std::array<JetSpecification, max_arguments> specifications =
        {{JetSpecification::gradient(1),
          JetSpecification::gradient(2),
          JetSpecification::gradient(3)}};

      // Kept by the thread, so that nothing is allocated in the long run.
      thread_local std::vector<Jet> jets;
      jets.clear();
      const auto &specification = specifications[arguments.size - 1];
      for (unsigned int i = 0; i < arguments.size; ++i)
        jets.push_back(arguments.are_variable[i]
                         ? Jet::input(specification, i, arguments.values[i])
                         : Jet(specification, arguments.values[i]));
      return operation.evaluate(jets);
    }



    // sum += adjoint * slope; where nothing comes in, nothing comes out, even
    // if the slope is infinite: that is the branch that was not chosen.
    template <typename Slope>
    void
    add_adjoint(const unsigned int n,
                const double      *adjoint,
                const Slope       &slope,
                double            *sum)
    {
      for (unsigned int p = 0; p < n; ++p)
        sum[p] += adjoint[p] == 0. ? 0. : adjoint[p] * slope(p);
    }
  } // namespace



  // Columns of the current tile.
  struct FormulaProgram::Workspace
  {
    const double *
    values(const Node &node) const
    {
      if (node.kind == Kind::symbol)
        return symbols + node.place * symbol_stride;
      if (node.is_known && node.kind != Kind::number)
        return known + node.place * known_stride;
      return registers + node.place * n_padded;
    }

    double *
    register_of(const unsigned int place) const
    {
      return registers + place * n_padded;
    }

    double *
    adjoint_of(const unsigned int node) const
    {
      return adjoints + node * n_padded;
    }

    unsigned int  n_points, n_padded;
    const double *known;
    std::size_t   known_stride;
    const double *symbols;
    unsigned int  symbol_stride;
    double       *registers, *adjoints;
  };



  FormulaProgram::FormulaProgram(const std::vector<Formula>      &formulas,
                                 const unsigned int               n_inputs,
                                 const std::vector<unsigned int> &symbol_rows)
    : symbol_rows(symbol_rows)
  {
    for (const Formula &formula : formulas)
      results.push_back(add(formula, n_inputs));
    arrange();
  }



  unsigned int
  FormulaProgram::add(const Formula &formula, const unsigned int n_inputs)
  {
    if (!formula.what)
      {
        Node node;
        if (formula.name.empty())
          node.number = formula.value;
        else
          {
            const bool is_input = formula.input < n_inputs;
            node.kind           = is_input ? Kind::input : Kind::symbol;
            node.is_known       = is_input;
            node.variable = is_input ? formula.input : formula.input - n_inputs;
            if (!is_input)
              node.place = symbol_rows[node.variable];
          }
        return add_node(node, formula.text());
      }

    std::vector<unsigned int> arguments;
    for (const Formula &argument : formula.arguments)
      arguments.push_back(add(argument, n_inputs));
    return add_operation(*formula.what, arguments);
  }



  unsigned int
  FormulaProgram::add_operation(const FormulaOperation          &operation,
                                const std::vector<unsigned int> &arguments)
  {
    static const std::map<std::string, Kind> kinds = {
      {"+", Kind::plus},
      {"-", Kind::minus},
      {"*", Kind::times},
      {"/", Kind::divided},
      {"neg", Kind::negative},
      {"sin", Kind::sine},
      {"cos", Kind::cosine},
      {"exp", Kind::exponential},
      {"tanh", Kind::hyperbolic_tangent},
      {"sqrt", Kind::square_root}};

    // 1. Pairs for min and max, products for small powers.
    const std::string &name = operation.name;
    if ((name == "min" || name == "max") && arguments.size() > 2)
      {
        unsigned int result = arguments[0];
        for (unsigned int i = 1; i < arguments.size(); ++i)
          result = add_operation(operation, {result, arguments[i]});
        return result;
      }
    if (name == "^" || name == "pow")
      {
        const FormulaOperation &times     = *find_formula_operation("*");
        const Node             &exponent  = nodes[arguments[1]];
        const bool              is_number = exponent.kind == Kind::number;
        const double            power     = exponent.number;
        if (is_number && power == 1.)
          return arguments[0];
        if (is_number && power == 2.)
          return add_operation(times, {arguments[0], arguments[0]});
        if (is_number && power == 3.)
          return add_operation(
            times,
            {add_operation(times, {arguments[0], arguments[0]}), arguments[0]});
      }

    // 2. The node.
    Node       node;
    const auto kind = kinds.find(name);
    node.kind       = kind == kinds.end() ? Kind::other : kind->second;
    node.what       = &operation;
    node.arguments  = arguments;
    std::string list;
    for (const unsigned int argument : arguments)
      {
        node.is_known = node.is_known && nodes[argument].is_known;
        list += (list.empty()              ? ""
                 : operation.is_operator() ? name
                                           : ",") +
                text_of_node[argument];
      }
    if (name == "neg")
      list = "-" + list;
    return add_node(node,
                    (operation.is_operator() || name == "neg" ? "" : name) +
                      "(" + list + ")");
  }



  unsigned int
  FormulaProgram::add_node(const Node &node, const std::string &key)
  {
    const auto inserted = node_of_key.emplace(key, nodes.size());
    if (inserted.second)
      {
        nodes.push_back(node);
        text_of_node.push_back(key);
      }
    return inserted.first->second;
  }



  void
  FormulaProgram::mark_as_known(const unsigned int number)
  {
    Node &node = nodes[number];
    if (!node.is_known)
      return;
    auto &list = node.kind == Kind::number ? numbers : known_nodes;
    if (std::find(list.begin(), list.end(), number) != list.end())
      return;
    node.place = node.kind == Kind::number ? n_registers++ : known_nodes.size();
    list.push_back(number);
    if (node.kind != Kind::number)
      known_texts.push_back(text_of_node[number]);
  }



  void
  FormulaProgram::arrange()
  {
    // Arguments come before what uses them.
    for (unsigned int number = 0; number < nodes.size(); ++number)
      {
        Node &node = nodes[number];
        if (node.is_known || node.kind == Kind::symbol)
          continue;
        for (const unsigned int argument : node.arguments)
          mark_as_known(argument);
        node.place = n_registers;
        n_registers += 1 + (node.kind == Kind::other ? max_arguments : 0);
        program.push_back(number);
      }
    for (const unsigned int number : results)
      mark_as_known(number);
    node_of_key.clear();
    text_of_node.clear();
  }



  double
  FormulaProgram::evaluate_known(const Node                &node,
                                 const std::vector<double> &values) const
  {
    Arguments x;
    x.size = node.arguments.size();
    for (unsigned int i = 0; i < x.size; ++i)
      {
        x.values[i]       = values[node.arguments[i]];
        x.are_variable[i] = false;
      }
    return evaluate_jet(*node.what, x)[0];
  }



  void
  FormulaProgram::compute_known(const dealii::ArrayView<const double> &inputs,
                                const dealii::ArrayView<double> &known) const
  {
    AssertDimension(known.size(), n_known());

    std::vector<double> values(nodes.size(), 0.);
    for (unsigned int number = 0; number < nodes.size(); ++number)
      {
        const Node &node = nodes[number];
        if (node.kind == Kind::number)
          values[number] = node.number;
        else if (node.kind == Kind::input)
          values[number] = inputs[node.variable];
        else if (node.is_known)
          values[number] = evaluate_known(node, values);
      }
    for (unsigned int k = 0; k < n_known(); ++k)
      known[k] = values[known_nodes[k]];
  }



  void
  FormulaProgram::evaluate(const unsigned int               n_points,
                           const double                    *known,
                           const std::size_t                known_stride,
                           const double                    *symbols,
                           const unsigned int               stride,
                           const dealii::ArrayView<double> &values,
                           const unsigned int               n_rows,
                           const dealii::ArrayView<double> &derivatives) const
  {
    // 1. Columns, kept by the thread.
    thread_local std::vector<double> memory;
    const bool                       differentiate = derivatives.size() > 0;
    const unsigned int               n_padded      = (n_points + 7) / 8 * 8;
    memory.resize(n_padded *
                  (n_registers + (differentiate ? nodes.size() : 0)));
    const Workspace workspace{n_points,
                              n_padded,
                              known,
                              known_stride,
                              symbols,
                              stride,
                              memory.data(),
                              memory.data() + n_padded * n_registers};

    // 2. Forwards.
    for (const unsigned int number : numbers)
      std::fill_n(workspace.register_of(nodes[number].place),
                  n_points,
                  nodes[number].number);
    for (const unsigned int number : program)
      step_forwards(nodes[number], workspace, differentiate);
    for (unsigned int f = 0; f < results.size(); ++f)
      std::copy_n(workspace.values(nodes[results[f]]),
                  n_points,
                  values.begin() + f * stride);
    if (!differentiate)
      return;

    // 3. Backwards, formula by formula.
    for (unsigned int f = 0; f < results.size(); ++f)
      {
        double *const rows = derivatives.begin() + f * n_rows * stride;
        for (const unsigned int row : symbol_rows)
          std::fill_n(rows + row * stride, n_points, 0.);
        for (const unsigned int number : program)
          std::fill_n(workspace.adjoint_of(number), n_points, 0.);

        const Node &result = nodes[results[f]];
        if (result.is_known)
          continue;
        std::fill_n(result.kind == Kind::symbol
                      ? rows + result.place * stride
                      : workspace.adjoint_of(results[f]),
                    n_points,
                    1.);
        // What the formula does not need has the adjoint zero.
        for (auto number = program.rbegin(); number != program.rend(); ++number)
          if (*number <= results[f])
            step_backwards(*number, workspace, rows);
      }
  }



  void
  FormulaProgram::step_forwards(const Node      &node,
                                const Workspace &workspace,
                                const bool       with_derivatives) const
  {
    const unsigned int  n      = workspace.n_points;
    double *const       result = workspace.register_of(node.place);
    const double *const a      = workspace.values(nodes[node.arguments[0]]);
    const double *const b      = workspace.values(nodes[node.arguments.back()]);
    const auto          set    = [&](const auto &formula) {
      for (unsigned int p = 0; p < n; ++p)
        result[p] = formula(p);
    };

    switch (node.kind)
      {
        case Kind::plus:
          return set([=](const unsigned int p) {
            return a[p] + b[p];
          });
        case Kind::minus:
          return set([=](const unsigned int p) {
            return a[p] - b[p];
          });
        case Kind::times:
          return set([=](const unsigned int p) {
            return a[p] * b[p];
          });
        case Kind::divided:
          return set([=](const unsigned int p) {
            return a[p] / b[p];
          });
        case Kind::negative:
          return set([=](const unsigned int p) {
            return -a[p];
          });
        case Kind::sine:
          return set([=](const unsigned int p) {
            return std::sin(a[p]);
          });
        case Kind::cosine:
          return set([=](const unsigned int p) {
            return std::cos(a[p]);
          });
        case Kind::exponential:
          return set([=](const unsigned int p) {
            return std::exp(a[p]);
          });
        case Kind::hyperbolic_tangent:
          return set([=](const unsigned int p) {
            return std::tanh(a[p]);
          });
        case Kind::square_root:
          return set([=](const unsigned int p) {
            return std::sqrt(a[p]);
          });
        default:
          {
            Arguments x;
            x.size = node.arguments.size();
            for (unsigned int i = 0; i < x.size; ++i)
              x.are_variable[i] = !nodes[node.arguments[i]].is_known;
            for (unsigned int p = 0; p < n; ++p)
              {
                for (unsigned int i = 0; i < x.size; ++i)
                  x.values[i] = workspace.values(nodes[node.arguments[i]])[p];
                const Jet jet = evaluate_jet(*node.what, x);
                result[p]     = jet[0];
                if (with_derivatives)
                  for (unsigned int i = 0; i < x.size; ++i)
                    workspace.register_of(node.place + 1 + i)[p] = jet[1 + i];
              }
          }
      }
  }



  void
  FormulaProgram::step_backwards(const unsigned int number,
                                 const Workspace   &workspace,
                                 double            *derivatives) const
  {
    const Node         &node    = nodes[number];
    const double *const result  = workspace.register_of(node.place);
    const double *const adjoint = workspace.adjoint_of(number);
    const double *const a       = workspace.values(nodes[node.arguments[0]]);
    const double *const b = workspace.values(nodes[node.arguments.back()]);

    // Add to the adjoint of argument i, unless it is known.
    const auto add = [&](const unsigned int i, const auto &slope) {
      const unsigned int argument = node.arguments[i];
      if (nodes[argument].is_known)
        return;
      double *const sum =
        nodes[argument].kind == Kind::symbol
          ? derivatives + nodes[argument].place * workspace.symbol_stride
          : workspace.adjoint_of(argument);
      add_adjoint(workspace.n_points, adjoint, slope, sum);
    };

    switch (node.kind)
      {
        case Kind::plus:
          add(0, [](const unsigned int) {
            return 1.;
          });
          add(1, [](const unsigned int) {
            return 1.;
          });
          break;
        case Kind::minus:
          add(0, [](const unsigned int) {
            return 1.;
          });
          add(1, [](const unsigned int) {
            return -1.;
          });
          break;
        case Kind::times:
          add(0, [=](const unsigned int p) {
            return b[p];
          });
          add(1, [=](const unsigned int p) {
            return a[p];
          });
          break;
        case Kind::divided:
          add(0, [=](const unsigned int p) {
            return 1. / b[p];
          });
          add(1, [=](const unsigned int p) {
            return -result[p] / b[p];
          });
          break;
        case Kind::negative:
          add(0, [](const unsigned int) {
            return -1.;
          });
          break;
        case Kind::sine:
          add(0, [=](const unsigned int p) {
            return std::cos(a[p]);
          });
          break;
        case Kind::cosine:
          add(0, [=](const unsigned int p) {
            return -std::sin(a[p]);
          });
          break;
        case Kind::exponential:
          add(0, [=](const unsigned int p) {
            return result[p];
          });
          break;
        case Kind::hyperbolic_tangent:
          add(0, [=](const unsigned int p) {
            return 1. - result[p] * result[p];
          });
          break;
        case Kind::square_root:
          add(0, [=](const unsigned int p) {
            return 0.5 / result[p];
          });
          break;
        default:
          for (unsigned int i = 0; i < node.arguments.size(); ++i)
            {
              const double *const slope =
                workspace.register_of(node.place + 1 + i);
              add(i, [=](const unsigned int p) {
                return slope[p];
              });
            }
      }
  }
} // namespace sobolev
