// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/formula_parser.h>
#include <sobolev/objective/formula_residual.h>

#include <deal.II/base/utilities.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>

namespace sobolev
{
  namespace
  {
    using Names = std::vector<std::string>;

    // An unknown or one of its derivatives: a power of the Laplacian over the
    // inputs in the list, or, if this power is zero, one derivative along all
    // of them.
    struct Symbol
    {
      unsigned int              unknown    = 0;
      unsigned int              laplacians = 0;
      std::vector<unsigned int> inputs;

      bool
      operator==(const Symbol &other) const
      {
        return unknown == other.unknown && laplacians == other.laplacians &&
               inputs == other.inputs;
      }
    };

    // Powers of the Laplacian by their names.
    const Names laplacian_names = {"", "laplacian", "bilaplacian"};



    std::string
    join(const Names &names)
    {
      std::string list;
      for (const std::string &name : names)
        list += (list.empty() ? "" : ", ") + name;
      return list;
    }



    // The position of a name, or the size of the list.
    unsigned int
    find(const Names &names, const std::string &name)
    {
      return std::find(names.begin(), names.end(), name) - names.begin();
    }



    // Translates names to symbols and collects these. For the parser, variables
    // are the inputs, known functions, then symbols.
    class SymbolTable
    {
    public:
      explicit SymbolTable(const FormulaNames &names)
        : names(names)
        , unknowns(names.outputs())
      {
      }

      // The number of a variable for the parser.
      unsigned int
      resolve(const std::string &name)
      {
        const auto [function, arguments] = split_call(name);
        if (function == "reference")
          return names.inputs.size() + parse_reference(arguments);
        const Symbol symbol = parse(name);
        auto         known  = std::find(symbols.begin(), symbols.end(), symbol);
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
        for (const Symbol &symbol : symbols)
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
      add_channel(const Symbol &symbol, JetSpecification &jet)
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

      // "f(a,b)" as f and "a,b"; nothing else has parentheses.
      static std::pair<std::string, std::string>
      split_call(const std::string &name)
      {
        const std::size_t parenthesis = name.find('(');
        if (parenthesis == std::string::npos)
          return {};
        return {name.substr(0, parenthesis),
                name.substr(parenthesis + 1, name.size() - parenthesis - 2)};
      }

      unsigned int
      parse_reference(const std::string &name)
      {
        const Names &known = names.reference.names;
        AssertInput(!known.empty(),
                    "reference(" << name
                                 << ") is not possible without a known "
                                    "solution");
        const unsigned int number = find(known, name);
        AssertInput(number < known.size(),
                    "reference(" << name
                                 << ") is not possible; the known solution "
                                    "consists of "
                                 << join(known));
        used_references.insert(number);
        return number;
      }

      Symbol
      parse(const std::string &name) const
      {
        const auto [function, arguments] = split_call(name);
        if (!function.empty())
          {
            const unsigned int power = find(laplacian_names, function);
            AssertInput(power < laplacian_names.size(),
                        "there is no function '"
                          << function
                          << "'; known are laplacian, bilaplacian, reference "
                             "and those of all formulas");
            return parse_laplacian(power, arguments);
          }

        Symbol            symbol;
        const std::size_t underscore = name.find('_');
        symbol.unknown = find(unknowns, name.substr(0, underscore));
        AssertInput(symbol.unknown < unknowns.size(),
                    "'" << name << "' is not known; inputs are "
                        << join(names.inputs) << ", unknowns " << join(unknowns)
                        << ", derivatives are written " << unknowns[0] << "_"
                        << names.inputs[0]);
        if (underscore != std::string::npos)
          symbol.inputs = parse_inputs(name, underscore);
        return symbol;
      }

      Symbol
      parse_laplacian(const unsigned int power, const std::string &list) const
      {
        const Names arguments = dealii::Utilities::split_string_list(list, ',');
        Symbol      symbol;
        symbol.laplacians = power;
        symbol.unknown =
          arguments.empty() ? unknowns.size() : find(unknowns, arguments[0]);
        AssertInput(symbol.unknown < unknowns.size(),
                    laplacian_names[power] << " needs an unknown; these are "
                                           << join(unknowns));
        for (unsigned int a = 1; a < arguments.size(); ++a)
          {
            symbol.inputs.push_back(find(names.inputs, arguments[a]));
            AssertInput(symbol.inputs.back() < names.inputs.size(),
                        "'" << arguments[a] << "' is not an input; these are "
                            << join(names.inputs));
          }
        if (symbol.inputs.empty())
          for (unsigned int i = 0; i < names.inputs.size(); ++i)
            if (names.inputs[i] != "t")
              symbol.inputs.push_back(i);
        std::sort(symbol.inputs.begin(), symbol.inputs.end());
        AssertInput(
          !symbol.inputs.empty() &&
            std::adjacent_find(symbol.inputs.begin(), symbol.inputs.end()) ==
              symbol.inputs.end(),
          laplacian_names[power] << " needs inputs, each of them once");
        return symbol;
      }

      // What follows the first underscore: letters that are inputs, or inputs
      // with further underscores between them.
      std::vector<unsigned int>
      parse_inputs(const std::string &name, const std::size_t underscore) const
      {
        std::vector<unsigned int> inputs;
        const std::string         rest = name.substr(underscore + 1);
        const auto                add  = [&](const std::string &input) {
          inputs.push_back(find(names.inputs, input));
          AssertInput(inputs.back() < names.inputs.size(),
                      "the derivative '" << name << "' is along '" << input
                                         << "', which is no input; these are "
                                         << join(names.inputs));
        };
        if (rest.find('_') != std::string::npos ||
            find(names.inputs, rest) < names.inputs.size())
          for (const std::string &input :
               dealii::Utilities::split_string_list(rest, '_'))
            add(input);
        else
          for (const char letter : rest)
            add(std::string(1, letter));
        AssertInput(!inputs.empty() &&
                      inputs.size() <= JetSpecification::max_order,
                    "the derivative '" << name << "' has the order "
                                       << inputs.size() << "; allowed are 1 to "
                                       << JetSpecification::max_order);
        std::sort(inputs.begin(), inputs.end());
        return inputs;
      }

      const FormulaNames    &names;
      const Names            unknowns;
      std::vector<Symbol>    symbols;
      std::set<unsigned int> used_references;
    };
  } // namespace



  std::vector<std::string>
  FormulaNames::outputs() const
  {
    std::vector<std::string> all = unknowns;
    all.insert(all.end(), coefficients.begin(), coefficients.end());
    return all;
  }



  void
  FormulaNames::check() const
  {
    std::set<std::string> seen;
    const auto check = [&](const std::string &name, const std::string &what) {
      const auto is_letter_or_digit = [](const char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0;
      };
      AssertInput(!name.empty() &&
                    std::isalpha(static_cast<unsigned char>(name[0])) &&
                    std::all_of(name.begin(), name.end(), is_letter_or_digit),
                  "'" << name << "' cannot be the name of an " << what
                      << "; letters and digits are allowed, a letter first.");
      AssertInput(!find_formula_operation(name) && name != "laplacian" &&
                    name != "bilaplacian" && name != "reference" &&
                    name != "pi" && name != "e",
                  "'" << name << "' cannot be the name of an " << what
                      << ", because formulas know it already.");
      AssertInput(seen.insert(name).second && constants.count(name) == 0,
                  "the name '" << name
                               << "' is there twice among inputs, unknowns, "
                                  "coefficients and constants.");
    };
    AssertInput(!inputs.empty() && !unknowns.empty(),
                "there must be an input and an unknown.");
    for (const std::string &name : inputs)
      check(name, "input");
    for (const std::string &name : unknowns)
      check(name, "unknown");
    for (const std::string &name : coefficients)
      check(name, "unknown coefficient");
  }



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

    SymbolTable          symbols(names);
    std::vector<Formula> formulas;
    FormulaParser        parser(
      names.inputs, names.constants, [&](const std::string &symbol) {
        return symbols.resolve(symbol);
      });
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
