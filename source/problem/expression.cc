// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/problem/expression.h>

#include <deal.II/base/exceptions.h>
#include <deal.II/base/numbers.h>
#include <deal.II/base/utilities.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <set>
#include <sstream>

namespace sobolev
{
  namespace
  {
    // While it lives, nothing reaches std::cerr: dealii::FunctionParser prints
    // five lines there before it throws.
    class SilentErrorStream
    {
    public:
      SilentErrorStream()
        : original(std::cerr.rdbuf(sink.rdbuf()))
      {
      }

      ~SilentErrorStream()
      {
        std::cerr.rdbuf(original);
      }

    private:
      std::ostringstream sink;
      std::streambuf    *original;
    };



    /** Names of variables, constants and functions in @p expression. */
    std::set<std::string>
    identifiers(const std::string &expression)
    {
      const auto belongs_to_word = [](const char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
      };

      std::set<std::string> result;
      for (std::size_t i = 0; i < expression.size();)
        {
          std::size_t end = i + 1;
          if (std::isdigit(static_cast<unsigned char>(expression[i])) ||
              expression[i] == '.')
            {
              // A number; its exponent is not an identifier.
              char       *last  = nullptr;
              const char *first = expression.c_str() + i;
              std::strtod(first, &last);
              end = std::max<std::size_t>(end, i + (last - first));
            }
          else if (belongs_to_word(expression[i]))
            {
              while (end < expression.size() &&
                     belongs_to_word(expression[end]))
                ++end;
              result.insert(expression.substr(i, end - i));
            }
          i = end;
        }
      return result;
    }



    /**
     * Things that muparser accepts and that are never meant: "1,5" is a list
     * of two expressions, and "x = 3" assigns a value to the variable x.
     */
    std::string
    find_misunderstanding(const std::string &expression)
    {
      if (expression.find_first_not_of(" \t\n") == std::string::npos)
        return "It is empty";

      int depth = 0;
      for (std::size_t i = 0; i < expression.size(); ++i)
        {
          const char c    = expression[i];
          const char next = i + 1 < expression.size() ? expression[i + 1] : ' ';
          const char previous = i > 0 ? expression[i - 1] : ' ';
          depth += (c == '(') - (c == ')');
          if (c == ',' && depth == 0)
            return "A comma may only separate the arguments of a function; "
                   "the decimal sign is a point";
          if (c == ';')
            return "It contains a semicolon";
          if (c == '=' && next != '=' &&
              std::string("=<>!").find(previous) == std::string::npos)
            return "It contains an assignment; the comparison is written ==";
        }
      return "";
    }



    /** The part of deal.II's message that comes from muparser. */
    std::string
    reason(const dealii::ExceptionBase &exception)
    {
      std::ostringstream message;
      exception.print_info(message);
      std::string       text   = message.str();
      const std::string before = "The parser said: ";
      if (const auto start = text.find(before); start != std::string::npos)
        text = text.substr(start + before.size());
      std::replace(text.begin(), text.end(), '\n', ' ');
      text = dealii::Utilities::trim(text);
      while (!text.empty() && text.back() == '.')
        text.pop_back();
      return text;
    }



    struct Difference
    {
      double value;
      double error;
      bool   is_rounding_error;
    };

    /** Eighth-order central difference and its distance from sixth order. */
    template <int dim>
    Difference
    central_difference(const dealii::Function<dim> &function,
                       const dealii::Point<dim>    &point,
                       const unsigned int           d,
                       const double                 h)
    {
      constexpr double eighth[] = {4. / 5., -1. / 5., 4. / 105., -1. / 280.};
      constexpr double sixth[]  = {3. / 4., -3. / 20., 1. / 60., 0.};

      double difference = 0., coarse = 0., size = 0.;
      for (unsigned int k = 0; k < 4; ++k)
        {
          dealii::Point<dim> right = point, left = point;
          right[d] += (k + 1) * h;
          left[d] -= (k + 1) * h;
          const double right_value = function.value(right);
          const double left_value  = function.value(left);
          // Differences per actual distance: x + h is rounded.
          const double slope =
            (right_value - left_value) / (right[d] - left[d]);
          difference += 2. * (k + 1) * eighth[k] * slope;
          coarse += 2. * (k + 1) * sixth[k] * slope;
          size = std::max({size, std::abs(right_value), std::abs(left_value)});
        }

      // A disagreement below the rounding errors means nothing.
      const double disagreement = std::abs(difference - coarse);
      const double rounding =
        4. * std::numeric_limits<double>::epsilon() * size / h;
      return {
        difference, std::max(disagreement, rounding), disagreement <= rounding};
    }
  } // namespace



  template <int dim>
  Expression<dim>::Expression(const std::string &entry,
                              const std::string &expression,
                              const Constants   &constants,
                              const double       length_scale)
    : dealii::Function<dim>(1)
    , expression(expression)
    , first_step(2e-3 * length_scale)
  {
    AssertInput(length_scale > 0. && std::isfinite(length_scale),
                entry << ": the length scale " << length_scale
                      << " is not positive.");

    auto all_constants = constants;
    all_constants.emplace("pi", dealii::numbers::PI);
    const std::string variables =
      dealii::FunctionParser<dim>::default_variable_names();

    std::string problem = find_misunderstanding(expression);
    if (problem.empty())
      {
        const SilentErrorStream silent;
        try
          {
            parser.initialize(
              variables, std::vector<std::string>{expression}, all_constants);
            // muparser only looks at the expression when it is needed.
            parser.value(dealii::Point<dim>());
          }
        catch (const dealii::ExceptionBase &exception)
          {
            problem = reason(exception);
          }
        catch (...)
          {
            // muparser's own exceptions have no base class to catch.
            problem = "One of the constants has a name that is not allowed";
          }
      }

    std::string names = variables;
    for (const auto &constant : all_constants)
      names += "," + constant.first;
    AssertInput(problem.empty(),
                entry << ": the expression '" << expression
                      << "' is not valid. " << problem
                      << ". Allowed variables and constants: " << names << ".");

    const auto used = identifiers(expression);
    for (unsigned int d = 0; d < dim; ++d)
      depends_on[d] = used.count(std::string(1, "xyz"[d])) > 0;
  }



  template <int dim>
  double
  Expression<dim>::value(const dealii::Point<dim> &point,
                         const unsigned int        component) const
  {
    AssertIndexRange(component, 1);
    (void)component;
    return parser.value(point);
  }



  template <int dim>
  void
  Expression<dim>::value_list(const std::vector<dealii::Point<dim>> &points,
                              std::vector<double>                   &values,
                              const unsigned int component) const
  {
    AssertDimension(points.size(), values.size());
    if (is_constant() && !points.empty())
      std::fill(values.begin(), values.end(), value(points[0], component));
    else
      for (std::size_t i = 0; i < points.size(); ++i)
        values[i] = value(points[i], component);
  }



  template <int dim>
  dealii::Tensor<1, dim>
  Expression<dim>::gradient(const dealii::Point<dim> &point,
                            const unsigned int        component) const
  {
    AssertIndexRange(component, 1);
    (void)component;
    dealii::Tensor<1, dim> result;
    for (unsigned int d = 0; d < dim; ++d)
      if (depends_on[d])
        result[d] = derivative(point, d);
    return result;
  }



  template <int dim>
  void
  Expression<dim>::gradient_list(const std::vector<dealii::Point<dim>> &points,
                                 std::vector<dealii::Tensor<1, dim>> &gradients,
                                 const unsigned int component) const
  {
    AssertDimension(points.size(), gradients.size());
    for (std::size_t i = 0; i < points.size(); ++i)
      gradients[i] = gradient(points[i], component);
  }



  template <int dim>
  bool
  Expression<dim>::is_constant() const
  {
    return std::none_of(
      depends_on.begin(), depends_on.end(), [](const bool depends) {
        return depends;
      });
  }



  template <int dim>
  const std::string &
  Expression<dim>::text() const
  {
    return expression;
  }



  template <int dim>
  double
  Expression<dim>::derivative(const dealii::Point<dim> &point,
                              const unsigned int        d) const
  {
    // For the disagreement with sixth order; the error of the eighth-order
    // formula is smaller by another factor of about h^2.
    constexpr double tolerance = 1e-9;

    double best       = std::numeric_limits<double>::quiet_NaN();
    double best_error = std::numeric_limits<double>::infinity();
    double h          = first_step;
    for (unsigned int trial = 0; trial < 7; ++trial, h /= 4.)
      {
        const auto [value, error, is_rounding_error] =
          central_difference<dim>(parser, point, d, h);
        if (std::isfinite(value) && error < best_error)
          {
            best       = value;
            best_error = error;
          }
        if (is_rounding_error || best_error <= tolerance * std::abs(best))
          break;
      }
    return best;
  }



  template class Expression<1>;
  template class Expression<2>;
  template class Expression<3>;
} // namespace sobolev
