// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// PeriodicReactionDiffusion against exact solutions, against the Allen-Cahn
// equation with derivatives by differences, and against itself with other
// grids and steps.

#include <sobolev/reference/periodic_reaction_diffusion.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>

using namespace sobolev;

namespace
{
  const double pi = std::acos(-1.);



  PeriodicReactionDiffusionOptions
  allen_cahn(const unsigned int n_points, const unsigned int n_steps)
  {
    PeriodicReactionDiffusionOptions options;
    options.diffusion = 1e-4;
    options.reaction  = [](const double u) {
      return 5. * (u - u * u * u);
    };
    options.initial = [](const double x) {
      return x * x * std::cos(pi * x);
    };
    options.n_points = n_points;
    options.n_steps  = n_steps;
    return options;
  }



  // Points in space and time that are no grid points.
  dealii::Point<2>
  point(const unsigned int i)
  {
    return {-1. + std::fmod(0.618034 * (i + 1), 1.) * 2.,
            std::fmod(0.754878 * (i + 1), 1.)};
  }



  // The largest difference at some points, from a time on.
  double
  difference(const dealii::Function<2> &one,
             const dealii::Function<2> &two,
             const double               begin = 0.)
  {
    double largest = 0.;
    for (unsigned int i = 0; i < 100; ++i)
      {
        auto p  = point(i);
        p[1]    = begin + (1. - begin) * p[1];
        largest = std::max(largest, std::abs(one.value(p) - two.value(p)));
      }
    return largest;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(periodic_reaction_diffusion)

BOOST_AUTO_TEST_CASE(linear_equations_are_solved_exactly_but_for_the_reaction)
{
  // u_t = 0.1 u_xx + 2 u on an interval of the length 3.
  PeriodicReactionDiffusionOptions options;
  options.lower     = 0.;
  options.upper     = 3.;
  options.diffusion = 0.1;
  options.reaction  = [](const double u) {
    return 2. * u;
  };
  const double k  = 2. * pi / 3.;
  options.initial = [&](const double x) {
    return 0.5 + std::sin(k * x) + 0.3 * std::cos(5. * k * x);
  };
  options.n_points = 32;
  options.n_steps  = 400;
  const PeriodicReactionDiffusion u(options);

  for (unsigned int i = 0; i < 100; ++i)
    {
      const double x = 1.5 + 1.5 * point(i)[0], t = point(i)[1];
      const double exact =
        0.5 * std::exp(2. * t) +
        std::sin(k * x) * std::exp((2. - 0.1 * k * k) * t) +
        0.3 * std::cos(5. * k * x) * std::exp((2. - 2.5 * k * k) * t);
      const double error = u.value({x, t}) - exact;
      BOOST_TEST(std::abs(error) < 2e-9, error);
    }
}



BOOST_AUTO_TEST_CASE(without_diffusion_it_is_an_ordinary_equation)
{
  auto options    = allen_cahn(4, 500);
  options.initial = [](const double) {
    return 0.2;
  };
  const PeriodicReactionDiffusion u(options);

  for (unsigned int i = 0; i < 100; ++i)
    {
      const double t = point(i)[1];
      const double exact =
        0.2 * std::exp(5. * t) / std::sqrt(0.96 + 0.04 * std::exp(10. * t));
      const double error = u.value(point(i)) - exact;
      BOOST_TEST(std::abs(error) < 1e-9, error);
    }
}



BOOST_AUTO_TEST_CASE(errors_fall_with_the_fourth_power_of_the_step)
{
  // A smooth initial state, so that the series is short.
  const auto make = [](const unsigned int n_steps) {
    auto options      = allen_cahn(128, n_steps);
    options.diffusion = 1e-2;
    options.initial   = [](const double x) {
      return 0.5 * std::sin(pi * x);
    };
    return PeriodicReactionDiffusion(options);
  };
  const auto exact = make(800);

  const double coarse = difference(make(50), exact);
  const double fine   = difference(make(100), exact);

  BOOST_TEST(fine < 1e-6, fine);
  BOOST_TEST((coarse / fine > 12. && coarse / fine < 20.),
             coarse << " " << fine);
}



BOOST_AUTO_TEST_CASE(the_allen_cahn_equation_holds)
{
  const PeriodicReactionDiffusion u(allen_cahn(1024, 1000));
  for (const double t : {0.3, 0.7})
    for (const double x : {-0.9, -0.4, 0.1, 0.6})
      {
        // Differences of order four.
        const double h     = 2e-3;
        const auto   value = [&](const int i, const int j) {
          return u.value({x + i * h, t + j * h});
        };
        const double u_t =
          (8. * (value(0, 1) - value(0, -1)) - value(0, 2) + value(0, -2)) /
          (12. * h);
        const double u_xx = (16. * (value(1, 0) + value(-1, 0)) - value(2, 0) -
                             value(-2, 0) - 30. * value(0, 0)) /
                            (12. * h * h);
        const double v        = value(0, 0);
        const double residual = u_t - 1e-4 * u_xx - 5. * (v - v * v * v);
        BOOST_TEST(std::abs(residual) < 1e-6, residual);
      }
}



BOOST_AUTO_TEST_CASE(grids_and_steps_agree)
{
  // The initial state has a kink where the period ends; it takes a while until
  // so few waves describe what is left of it.
  const PeriodicReactionDiffusion reference(allen_cahn(2048, 500));
  const PeriodicReactionDiffusion coarser(allen_cahn(1024, 500)),
    slower(allen_cahn(2048, 250));

  const double at_once  = difference(coarser, reference);
  const double in_space = difference(coarser, reference, 0.1);
  const double in_time  = difference(slower, reference);

  BOOST_TEST(at_once < 1e-5, at_once);
  BOOST_TEST(in_space < 1e-8, in_space);
  BOOST_TEST(in_time < 1e-8, in_time);
  // Exactly periodic.
  BOOST_TEST(
    std::abs(reference.value({-1., 0.5}) - reference.value({1., 0.5})) < 1e-13);
}

BOOST_AUTO_TEST_SUITE_END()
