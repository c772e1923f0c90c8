// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/formula_derivative.h>
#include <sobolev/network/formula_parser.h>
#include <sobolev/objective/formula_residual.h>
#include <sobolev/objective/formula_symbol.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>

namespace sobolev
{
  namespace
  {
    // Translates names to symbols and collects these. For the parser, variables
    // are the inputs, known functions, then symbols.
    class SymbolTable
    {
    public:
      explicit SymbolTable(const FormulaNames &names)
        : names(names)
      {
      }

      // The number of a variable for the parser.
      unsigned int
      resolve(const std::string &name)
      {
        const auto [function, arguments] = split_call(name);
        if (function == "reference")
          {
            const unsigned int number = names.reference_number(arguments);
            used_references.insert(number);
            return names.inputs.size() + number;
          }
        const FormulaSymbol symbol = FormulaSymbol::parse(name, names);
        auto known = std::find(symbols.begin(), symbols.end(), symbol);
        if (known == symbols.end())
          known = symbols.insert(known, symbol);
        return names.inputs.size() + names.reference.names.size() +
               (known - symbols.begin());
      }

      // The known functions that occur.
      const std::set<unsigned int> &
      references() const
      {
        return used_references;
      }

      // The channels of all symbols are added; returns their rows, which is
      // output times number of channels plus channel.
      std::vector<unsigned int>
      add_to(JetSpecification &jet) const
      {
        // The directions first, and Laplacians last: kernels are faster then.
        for (const FormulaSymbol &symbol : symbols)
          for (const unsigned int input : symbol.inputs)
            jet.add_first(input);

        std::vector<unsigned int> channels(symbols.size(), 0);
        for (const unsigned int laplacians : {0, 2, 1})
          for (unsigned int s = 0; s < symbols.size(); ++s)
            if (symbols[s].laplacians == laplacians)
              channels[s] = add_channel(symbols[s], jet);
        for (unsigned int s = 0; s < symbols.size(); ++s)
          channels[s] += symbols[s].unknown * jet.n_channels();
        return channels;
      }

    private:
      static unsigned int
      add_channel(const FormulaSymbol &symbol, JetSpecification &jet)
      {
        if (symbol.inputs.empty())
          return 0;
        JetSpecification::MultiIndex along;
        for (const unsigned int input : symbol.inputs)
          along.push_back(jet.add_first(input));
        if (symbol.laplacians == 0)
          return jet.add(along);
        std::vector<JetSpecification::Term> terms;
        for (const unsigned int a : along)
          if (symbol.laplacians == 1)
            terms.push_back({{a, a}, 1.});
          else
            for (const unsigned int b : along)
              terms.push_back({{a, a, b, b}, 1.});
        return jet.add(terms);
      }

      const FormulaNames        &names;
      std::vector<FormulaSymbol> symbols;
      std::set<unsigned int>     used_references;
    };
  } // namespace



  FormulaResidual::FormulaResidual(const std::string              &name,
                                   const std::string              &entry,
                                   const std::vector<std::string> &equations,
                                   const FormulaNames             &names,
                                   InputPoints                     points,
                                   const double                    weight)
    : ResidualBlock(name, std::move(points), weight)
    , n_network_outputs(names.outputs().size())
  {
    AssertDimension(this->points().n_inputs(), names.inputs.size());

    SymbolTable                   symbols(names);
    const FormulaParser::Resolver number = [&](const std::string &symbol) {
      return symbols.resolve(symbol);
    };
    FormulaParser parser(
      names.inputs,
      names.constants,
      number,
      [&](const Formula &formula, const unsigned int input) {
        return FormulaDerivative([&](const unsigned int,
                                     const std::string &variable) {
          return differentiate_formula_variable(variable, input, names, number);
        })(formula);
      });
    std::vector<Formula> formulas;
    try
      {
        for (const std::string &equation : equations)
          formulas.push_back(parser.parse(equation));
      }
    catch (const InputError &error)
      {
        throw InputError(entry + ": " + error.what());
      }
    const auto rows = symbols.add_to(jet);
    program         = std::make_unique<FormulaProgram>(
      formulas, names.inputs.size() + names.reference.names.size(), rows);
    compute_known(entry, names.reference, symbols.references());
  }



  void
  FormulaResidual::compute_known(const std::string             &entry,
                                 const FormulaNames::Reference &reference,
                                 const std::set<unsigned int>  &references)
  {
    const std::size_t   n = points().size();
    std::vector<double> at_point(program->n_known());
    known.resize(n * at_point.size());
    for (std::size_t i = 0; i < n; ++i)
      {
        const auto x      = points().point(i);
        auto       inputs = x;
        inputs.resize(x.size() + reference.names.size(), 0.);
        for (const unsigned int k : references)
          inputs[x.size() + k] = reference.value(x, k);
        program->compute_known(dealii::ArrayView<const double>(inputs),
                               dealii::make_array_view(at_point));
        for (unsigned int k = 0; k < at_point.size(); ++k)
          {
            if (!std::isfinite(at_point[k]))
              {
                std::ostringstream place;
                for (const double coordinate : x)
                  place << (place.tellp() > 0 ? ", " : "") << coordinate;
                throw InputError(entry + ": the part " +
                                 program->known_text(k) +
                                 " is not a finite number at the point (" +
                                 place.str() + ").");
              }
            known[k * n + i] = at_point[k];
          }
      }
  }



  JetSpecification
  FormulaResidual::jet_specification() const
  {
    return jet;
  }



  unsigned int
  FormulaResidual::n_outputs() const
  {
    return n_network_outputs;
  }



  unsigned int
  FormulaResidual::n_equations() const
  {
    return program->n_formulas();
  }



  void
  FormulaResidual::evaluate(
    const std::size_t                      first,
    const unsigned int                     n_points,
    const dealii::ArrayView<const double> &jets,
    const unsigned int                     stride,
    const dealii::ArrayView<double>       &residuals,
    const dealii::ArrayView<double>       &linearisation) const
  {
    std::fill(linearisation.begin(), linearisation.end(), 0.);
    program->evaluate(n_points,
                      known.data() + first,
                      points().size(),
                      jets.data(),
                      stride,
                      residuals,
                      n_network_outputs * jet.n_channels(),
                      linearisation);
  }
} // namespace sobolev
