// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_tests_input_function_checks_h
#define sobolev_tests_input_function_checks_h

#include <sobolev/network/input_function.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "derivative_checks.h"

namespace sobolev
{
  /** The checks that every InputFunction has to pass. */
  namespace input_function_checks
  {
    using derivative_checks::Vector;

    /** The jet of @p function at @p x. */
    inline Jet
    evaluate(const InputFunction    &function,
             const JetSpecification &specification,
             const Vector           &x)
    {
      std::vector<Jet> inputs;
      for (unsigned int i = 0; i < x.size(); ++i)
        inputs.push_back(Jet::input(specification, i, x[i]));
      return function.evaluate(
        dealii::ArrayView<const Jet>(inputs.data(), inputs.size()));
    }



    inline double
    value(const InputFunction &function, const Vector &x)
    {
      const JetSpecification only_value;
      return evaluate(function, only_value, x)[0];
    }



    /** All derivatives of the given order along n inputs, (0,0), (0,1), ... */
    inline std::vector<JetSpecification::MultiIndex>
    all_derivatives(const unsigned int n, const unsigned int order)
    {
      if (order == 0)
        return {{}};
      std::vector<JetSpecification::MultiIndex> result;
      for (const auto &lower : all_derivatives(n, order - 1))
        for (unsigned int d = lower.empty() ? 0 : lower.back(); d < n; ++d)
          {
            result.push_back(lower);
            result.back().push_back(d);
          }
      return result;
    }



    /** A jet with all derivatives up to the given order along n inputs. */
    inline JetSpecification
    full_jet(const unsigned int n, const unsigned int max_order)
    {
      JetSpecification jet;
      for (unsigned int d = 0; d < n; ++d)
        jet.add_first(d);
      for (unsigned int order = 2; order <= max_order; ++order)
        for (const auto &along : all_derivatives(n, order))
          jet.add(along);
      return jet;
    }



    /**
     * Compare all derivatives up to the given order with differences of those
     * of one order less.
     */
    inline void
    check_derivatives(const InputFunction &function,
                      const Vector        &x,
                      const unsigned int   max_order = 4,
                      const double         tolerance = 1e-8,
                      const double         h         = 1e-3)
    {
      const unsigned int     n   = x.size();
      const JetSpecification jet = full_jet(n, max_order);
      const Jet              at  = evaluate(function, jet, x);
      for (unsigned int order = 1; order <= max_order; ++order)
        {
          Vector computed, expected;
          for (const auto &along : all_derivatives(n, order))
            {
              const JetSpecification::MultiIndex lower(along.begin(),
                                                       along.end() - 1);
              const unsigned int                 channel =
                lower.empty() ? 0 : jet.channel(lower);
              const auto derivative = [&](const Vector &y) {
                return Vector{evaluate(function, jet, y)[channel]};
              };
              computed.push_back(at[jet.channel(along)]);
              expected.push_back(derivative_checks::jacobian_column(
                derivative, x, along.back(), h)[0]);
            }
          const double error =
            derivative_checks::relative_error(computed, expected);
          BOOST_TEST(error < tolerance,
                     function.name()
                       << ' ' << function.text() << ": derivatives of order "
                       << order << " are wrong by " << error);
        }
    }



    /** name(), parameters() and text() have to make an equal one. */
    inline void
    check_copy(const InputFunction &function, const std::vector<Vector> &points)
    {
      const auto copy = make_input_function(
        function.name(), function.parameters(), function.text());
      BOOST_TEST(copy->name() == function.name());
      BOOST_TEST((copy->parameters() == function.parameters()));
      BOOST_TEST(copy->text() == function.text());
      for (const Vector &x : points)
        BOOST_TEST(value(*copy, x) == value(function, x));
    }
  } // namespace input_function_checks
} // namespace sobolev

#endif
