// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The kernels for every instruction set that this processor has, not only for
// the widest one, against plain loops.

#include <sobolev/network/kernels.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "derivative_checks.h"
#include "network/only_target.h"
#include "network/reference_network.h"

using namespace sobolev;
using namespace sobolev::derivative_checks;

namespace
{
  constexpr std::size_t  n          = 24;
  constexpr unsigned int n_channels = 7;

  // Three first derivatives, a mixed one, a repeated term, a Laplacian.
  JetSpecification
  specification()
  {
    auto result = JetSpecification::gradient(3);
    result.add_second({{0, 1, 0.7}, {2, 2, -1.3}, {0, 1, 0.2}});
    result.add_second({{1, 1, 2.}});
    result.add_second({{0, 0, 1.}, {1, 1, 1.}, {2, 2, 1.}});
    return result;
  }



  Vector
  random_vector(const unsigned int stream, const std::size_t size)
  {
    Vector result(size);
    for (std::size_t i = 0; i < size; ++i)
      result[i] = pseudo_random(stream, i);
    return result;
  }



  struct Data
  {
    const JetSpecification jet = specification();
    const Vector           f1 = random_vector(50, n), f2 = random_vector(51, n),
                 f3  = random_vector(52, n);
    const Vector z   = random_vector(53, n_channels *n),
                 bar = random_vector(54, n_channels *n);
  };



  // Channel k of the chain rule for the point p.
  double
  chain_rule(const Data &data, const unsigned int k, const std::size_t p)
  {
    double result = data.f1[p] * data.z[k * n + p];
    if (k > 3)
      for (const auto &term : data.jet.second()[k - 4])
        result += data.f2[p] * term.factor * data.z[(1 + term.a) * n + p] *
                  data.z[(1 + term.b) * n + p];
    return result;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(vectorised_kernels)

BOOST_DATA_TEST_CASE(chain_rule_equals_plain_loops, all_targets, target)
{
  const OnlyTarget only(target);
  const Data       data;
  Vector           a(n_channels * n, 3.);

  kernels::apply_chain_rule(
    data.jet, n, data.f1.data(), data.f2.data(), data.z.data(), a.data());

  double error = 0.;
  for (std::size_t p = 0; p < n; ++p)
    {
      // The value channel is the activation's business.
      BOOST_TEST(a[p] == 3.);
      for (unsigned int k = 1; k < n_channels; ++k)
        error =
          std::max(error, std::abs(a[k * n + p] - chain_rule(data, k, p)));
    }
  BOOST_TEST(error < 2e-15, error);
}



BOOST_DATA_TEST_CASE(adjoint_of_the_chain_rule_equals_plain_loops,
                     all_targets,
                     target)
{
  const OnlyTarget only(target);
  const Data       data;
  Vector           z_bar(n_channels * n, 3.);

  kernels::apply_chain_rule_adjoint(data.jet,
                                    n,
                                    data.f1.data(),
                                    data.f2.data(),
                                    data.f3.data(),
                                    data.z.data(),
                                    data.bar.data(),
                                    z_bar.data());

  double error = 0.;
  for (std::size_t p = 0; p < n; ++p)
    {
      // df'/dz = f'', df''/dz = f'''.
      Vector expected(n_channels, 0.);
      for (unsigned int k = 0; k < n_channels; ++k)
        {
          const double bar = data.bar[k * n + p];
          expected[k] += data.f1[p] * bar;
          if (k > 0)
            expected[0] += data.f2[p] * data.z[k * n + p] * bar;
          if (k > 3)
            for (const auto &term : data.jet.second()[k - 4])
              {
                const double z_a = data.z[(1 + term.a) * n + p];
                const double z_b = data.z[(1 + term.b) * n + p];
                expected[0] += data.f3[p] * term.factor * z_a * z_b * bar;
                expected[1 + term.a] += data.f2[p] * term.factor * z_b * bar;
                expected[1 + term.b] += data.f2[p] * term.factor * z_a * bar;
              }
        }
      for (unsigned int k = 0; k < n_channels; ++k)
        error = std::max(error, std::abs(z_bar[k * n + p] - expected[k]));
    }
  BOOST_TEST(error < 5e-15, error);
}



BOOST_DATA_TEST_CASE(channel_products_equal_plain_loops, all_targets, target)
{
  const OnlyTarget only(target);
  const Data       data;
  Vector           sums(n, 3.);

  kernels::sum_channel_products(
    n_channels, n, data.bar.data(), data.z.data(), sums.data());

  double error = 0.;
  for (std::size_t p = 0; p < n; ++p)
    {
      double expected = 0.;
      for (unsigned int k = 0; k < n_channels; ++k)
        expected += data.bar[k * n + p] * data.z[k * n + p];
      error = std::max(error, std::abs(sums[p] - expected));
    }
  BOOST_TEST(error < 2e-15, error);
}

BOOST_AUTO_TEST_SUITE_END()
