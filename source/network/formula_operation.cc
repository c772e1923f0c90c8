// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/formula_operation.h>

#include <deal.II/base/numbers.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>

namespace sobolev
{
  namespace
  {
    using Arguments = std::vector<Jet>;

    constexpr unsigned int any_number =
      std::numeric_limits<unsigned int>::max();



    // 1 or 0, with derivatives that are zero.
    Jet
    truth(const Arguments &a, const bool value)
    {
      return Jet(a[0].specification(), value ? 1. : 0.);
    }



    // As deal.II has it for 'if', '&' and '|': rounded to a whole number.
    bool
    is_true(const Jet &a)
    {
      return std::round(a[0]) != 0.;
    }



    bool
    has_no_derivatives(const Jet &a)
    {
      for (unsigned int c = 1; c < a.specification().n_channels(); ++c)
        if (a[c] != 0.)
          return false;
      return true;
    }



    Jet
    power(const Arguments &a)
    {
      if (has_no_derivatives(a[1]))
        return pow(a[0], a[1][0]);
      Jet result = exp(a[1] * log(a[0]));
      result[0]  = std::pow(a[0][0], a[1][0]);
      return result;
    }



    Jet
    complementary_error_function(const Jet &z)
    {
      const double v = z[0];
      const double first =
        -2. / std::sqrt(dealii::numbers::PI) * std::exp(-v * v);
      return z.compose(std::erfc(v),
                       first,
                       -2. * v * first,
                       (4. * v * v - 2.) * first,
                       (12. - 8. * v * v) * v * first);
    }



    // The smallest argument if the sign is 1, the largest if it is -1.
    Jet
    extreme(const Arguments &a, const double sign)
    {
      return *std::min_element(
        a.begin(), a.end(), [=](const Jet &one, const Jet &two) {
          return sign * one[0] < sign * two[0];
        });
    }



#define SOBOLEV_UNARY(f)                                                       \
  {                                                                            \
    #f, 1, 1, [](const Arguments &a) {                                         \
      return f(a[0]);                                                          \
    }                                                                          \
  }
#define SOBOLEV_COMPARISON(op)                                                 \
  {                                                                            \
    #op, 2, 2, [](const Arguments &a) {                                        \
      return truth(a, a[0][0] op a[1][0]);                                     \
    }                                                                          \
  }

    const std::vector<FormulaOperation> &
    operations()
    {
      static const std::vector<FormulaOperation> list = {
        {"+",
         2,
         2,
         [](const Arguments &a) {
           return a[0] + a[1];
         }},
        {"-",
         2,
         2,
         [](const Arguments &a) {
           return a[0] - a[1];
         }},
        {"*",
         2,
         2,
         [](const Arguments &a) {
           return a[0] * a[1];
         }},
        {"/",
         2,
         2,
         [](const Arguments &a) {
           Jet result = a[0] / a[1];
           result[0]  = a[0][0] / a[1][0];
           return result;
         }},
        {"^", 2, 2, power},
        {"neg",
         1,
         1,
         [](const Arguments &a) {
           return -a[0];
         }},
        SOBOLEV_COMPARISON(<),
        SOBOLEV_COMPARISON(>),
        SOBOLEV_COMPARISON(<=),
        SOBOLEV_COMPARISON(>=),
        SOBOLEV_COMPARISON(==),
        SOBOLEV_COMPARISON(!=),
        {"&&",
         2,
         2,
         [](const Arguments &a) {
           return truth(a, is_true(a[0]) && is_true(a[1]));
         }},
        {"||",
         2,
         2,
         [](const Arguments &a) {
           return truth(a, is_true(a[0]) || is_true(a[1]));
         }},
        {"if",
         3,
         3,
         [](const Arguments &a) {
           return is_true(a[0]) ? a[1] : a[2];
         }},
        SOBOLEV_UNARY(sin),
        SOBOLEV_UNARY(cos),
        SOBOLEV_UNARY(tan),
        SOBOLEV_UNARY(asin),
        SOBOLEV_UNARY(acos),
        SOBOLEV_UNARY(atan),
        {"atan2",
         2,
         2,
         [](const Arguments &a) {
           return atan2(a[0], a[1]);
         }},
        SOBOLEV_UNARY(sinh),
        SOBOLEV_UNARY(cosh),
        SOBOLEV_UNARY(tanh),
        SOBOLEV_UNARY(exp),
        SOBOLEV_UNARY(log),
        {"ln",
         1,
         1,
         [](const Arguments &a) {
           return log(a[0]);
         }},
        {"log10",
         1,
         1,
         [](const Arguments &a) {
           return log(a[0]) / std::log(10.);
         }},
        {"log2",
         1,
         1,
         [](const Arguments &a) {
           return log(a[0]) / std::log(2.);
         }},
        SOBOLEV_UNARY(sqrt),
        SOBOLEV_UNARY(abs),
        {"sign",
         1,
         1,
         [](const Arguments &a) {
           return Jet(a[0].specification(), (a[0][0] > 0.) - (a[0][0] < 0.));
         }},
        {"erfc",
         1,
         1,
         [](const Arguments &a) {
           return complementary_error_function(a[0]);
         }},
        {"pow", 2, 2, power},
        {"min",
         1,
         any_number,
         [](const Arguments &a) {
           return extreme(a, 1.);
         }},
        {"max", 1, any_number, [](const Arguments &a) {
           return extreme(a, -1.);
         }}};
      return list;
    }

#undef SOBOLEV_UNARY
#undef SOBOLEV_COMPARISON
  } // namespace



  bool
  FormulaOperation::is_operator() const
  {
    return !std::isalpha(static_cast<unsigned char>(name[0]));
  }



  const FormulaOperation *
  find_formula_operation(const std::string &name)
  {
    for (const FormulaOperation &operation : operations())
      if (operation.name == name)
        return &operation;
    return nullptr;
  }



  std::string
  formula_function_names()
  {
    std::string names;
    for (const FormulaOperation &operation : operations())
      if (!operation.is_operator() && operation.name != "neg")
        names += (names.empty() ? "" : ", ") + operation.name;
    return names;
  }
} // namespace sobolev
