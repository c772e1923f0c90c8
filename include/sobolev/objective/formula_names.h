// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_formula_names_h
#define sobolev_objective_formula_names_h

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace sobolev
{
  /** The names that the text of a residual may use. */
  struct FormulaNames
  {
    /** The inputs of the network, in their order, e.g. x, t. */
    std::vector<std::string> inputs;

    /** The outputs of the network, in their order. */
    std::vector<std::string> unknowns{"u"};

    /** The outputs behind them, see Architecture::Coefficient. */
    std::vector<std::string> coefficients;

    /** Constants; pi and e are known. */
    std::map<std::string, double> constants;

    /** Unknowns, then coefficients. */
    std::vector<std::string> outputs() const;

    /**
     * Known functions of the inputs, for instance a reference solution that
     * conditions and data are taken from.
     */
    struct Reference
    {
      /** In formulas, they are `reference(name)`. */
      std::vector<std::string> names;

      /** Number @p k of them at a point. */
      std::function<double(const std::vector<double> &x, const unsigned int k)>
        value;

      /** Its derivatives along all inputs; empty if they are not known. */
      std::function<std::vector<double>(const std::vector<double> &x,
                                        const unsigned int         k)>
        gradient = {};
    };

    Reference reference;

    /**
     * The number of a known function.
     *
     * @throws InputError if there is none with this name.
     */
    unsigned int reference_number(const std::string &name) const;

    /**
     * @throws InputError if a name is none (letters and digits, a letter
     * first), is there twice, or is that of a function or of pi or e.
     */
    void check() const;
  };
} // namespace sobolev

#endif
