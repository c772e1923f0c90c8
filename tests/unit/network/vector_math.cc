// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The vectorised functions behind activations against the mathematical library
// in extended precision, over the whole range of numbers and for every
// instruction set that this processor has.

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "network/exact_activation.h"
#include "network/only_target.h"
#include "network/reference_network.h"

using namespace sobolev;
using namespace sobolev::exact_activation;

namespace
{
  // Both signs of: all magnitudes from denormal to huge, the interesting
  // ranges more densely, multiples of pi/2 (where sine or cosine is tiny).
  template <typename Number>
  std::vector<Number>
  arguments()
  {
    using Limits       = std::numeric_limits<Number>;
    const double least = std::log(static_cast<double>(Limits::denorm_min()));
    const double most  = std::log(static_cast<double>(Limits::max()));

    std::vector<Number> z{0,
                          1,
                          22,
                          Limits::denorm_min(),
                          Limits::min(),
                          Limits::max(),
                          Limits::epsilon(),
                          Number(1e15),
                          Number(1e22)};
    const auto uniform = [](const unsigned int stream, const unsigned int i) {
      return 0.5 + 0.5 * pseudo_random(stream, i);
    };
    for (unsigned int i = 0; i < 50000; ++i)
      {
        z.push_back(std::exp(least + (most - least) * (i + 0.5) / 50000.));
        z.push_back(4. * uniform(60, i));
        z.push_back(45. * uniform(61, i));
      }
    for (unsigned int i = 0; i < 10000; ++i)
      {
        z.push_back(800. * uniform(62, i));
        z.push_back(1e6 * uniform(63, i));
        z.push_back(1.5707963267948966192313L * i);
      }
    const std::size_t n = z.size();
    for (std::size_t i = 0; i < n; ++i)
      z.push_back(-z[i]);
    return z;
  }



  // Derivatives of these orders too are transcendental functions themselves.
  unsigned int
  n_functions(const std::string &name)
  {
    return name == "sin" || name == "softplus" ? 2 : 1;
  }



  template <typename Number>
  void
  check_values(const std::string &name)
  {
    const auto z = arguments<Number>();

    std::vector<std::vector<long double>> expected(n_functions(name));
    for (const Number argument : z)
      {
        const auto exact = derivatives(name, argument);
        for (unsigned int k = 0; k < expected.size(); ++k)
          expected[k].push_back(exact[k]);
      }

    for (const auto target : hwy::SupportedAndGeneratedTargets())
      {
        const OnlyTarget only(target);
        const auto       computed = computed_derivatives(name, z, 1);
        for (unsigned int k = 0; k < expected.size(); ++k)
          {
            std::size_t worst = 0;
            double      error = 0.;
            for (std::size_t i = 0; i < z.size(); ++i)
              {
                const double e = error_in_ulp(computed[k][i], expected[k][i]);
                if (e > error)
                  {
                    error = e;
                    worst = i;
                  }
              }
            BOOST_TEST(error <= 4.,
                       name << ", derivative " << k << " at " << z[worst]
                            << " on " << hwy::TargetName(target) << ": "
                            << error << " ULP");
            BOOST_TEST_MESSAGE(name << " " << k << " " << sizeof(Number) << " "
                                    << hwy::TargetName(target) << ": " << error
                                    << " ULP");
          }
      }
  }
} // namespace

BOOST_AUTO_TEST_SUITE(vector_math)

BOOST_DATA_TEST_CASE(values_have_four_ulp_in_double,
                     boost::unit_test::data::make(activation_names()),
                     name)
{
  check_values<double>(name);
}



BOOST_DATA_TEST_CASE(values_have_four_ulp_in_float,
                     boost::unit_test::data::make(activation_names()),
                     name)
{
  check_values<float>(name);
}



BOOST_DATA_TEST_CASE(special_numbers_on_every_instruction_set,
                     all_targets,
                     target)
{
  const OnlyTarget only(target);
  for (const std::string name : {"tanh", "sin", "silu", "gelu"})
    {
      const auto f = computed_derivatives<double>(name, {0., -0.})[0];
      BOOST_TEST((f[0] == 0. && !std::signbit(f[0])), name);
      BOOST_TEST((f[1] == 0. && std::signbit(f[1])), name);
    }
  for (const std::string &name : activation_names())
    {
      const auto f =
        computed_derivatives<float>(name, {NAN, INFINITY, 1.f, -NAN});
      for (const auto &f_k : f)
        {
          BOOST_TEST(std::isnan(f_k[0]), name);
          BOOST_TEST(std::isnan(f_k[1]) == (name == "sin"), name);
          BOOST_TEST(!std::isnan(f_k[2]), name);
          BOOST_TEST(std::isnan(f_k[3]), name);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
