// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// ActiveTurbulence against exact solutions, against its own equation with all
// terms, and against itself with other grids and steps.

#include <sobolev/base/exceptions.h>
#include <sobolev/reference/active_turbulence.h>

#include <deal.II/base/mpi.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>

using namespace sobolev;

namespace
{
  using Complex = std::complex<double>;

  // The numbers of the components.
  constexpr unsigned int u = 0, v = 1, w = 2, p = 3, q = 4;



  // A state with a mean and waves up to |k_x|, |k_y| = 3 that changes quickly.
  ActiveTurbulenceOptions
  few_waves(const unsigned int n_points, const double time_step)
  {
    ActiveTurbulenceOptions options;
    options.initial = [](const int k_x, const int k_y) {
      if (k_x == 0 && k_y == 0)
        return Complex(0.4, -0.3);
      if (std::abs(k_x) > 3 || k_y > 3)
        return Complex(0.);
      return std::polar(0.06, 1. + 2.3 * k_x + 5.1 * k_y + 0.7 * k_x * k_y);
    };
    options.n_points   = n_points;
    options.time_step  = time_step;
    options.begin_time = 0.1;
    options.end_time   = 0.2;
    return options;
  }



  // Points in space and time that are no grid points.
  dealii::Point<3>
  point(const unsigned int i, const ActiveTurbulenceOptions &options)
  {
    return {std::fmod(0.8191725 * (i + 1), 1.) * 7.,
            std::fmod(0.6710436 * (i + 1), 1.) * 7.,
            options.begin_time + std::fmod(0.5497005 * (i + 1), 1.) *
                                   (options.end_time - options.begin_time)};
  }



  // The largest difference of the vorticity at some points.
  double
  difference(const ActiveTurbulence        &one,
             const ActiveTurbulence        &two,
             const ActiveTurbulenceOptions &options)
  {
    double largest = 0.;
    for (unsigned int i = 0; i < 50; ++i)
      {
        const auto x = point(i, options);
        largest =
          std::max(largest, std::abs(one.value(x, w) - two.value(x, w)));
      }
    return largest;
  }



  double
  laplacian(const ActiveTurbulence &flow,
            const dealii::Point<3> &x,
            const unsigned int      c)
  {
    return flow.derivative(x, c, 2, 0) + flow.derivative(x, c, 0, 2);
  }



  double
  bilaplacian(const ActiveTurbulence &flow,
              const dealii::Point<3> &x,
              const unsigned int      c)
  {
    return flow.derivative(x, c, 4, 0) + 2. * flow.derivative(x, c, 2, 2) +
           flow.derivative(x, c, 0, 4);
  }
} // namespace

BOOST_AUTO_TEST_SUITE(active_turbulence)

BOOST_AUTO_TEST_CASE(vortices_of_one_length_grow_as_their_linear_equation)
{
  // The stream function A(t) cos x cos y, whose vorticity is constant along
  // the flow; 1 - 2 Gamma_0 - 4 Gamma_2 is the rate of A.
  ActiveTurbulenceOptions options;
  options.cubic_friction = 0.;
  options.initial        = [](const int k_x, const int k_y) {
    return Complex(std::abs(k_x) == 1 && k_y == 1 ? 0.5 : 0.);
  };
  options.n_points   = 16;
  options.time_step  = 0.01;
  options.begin_time = 0.2;
  options.end_time   = 0.5;
  const ActiveTurbulence flow(options);

  const double rate = 1. + 2. * 0.045 - 4. * std::pow(0.045, 3);
  for (unsigned int i = 0; i < 20; ++i)
    {
      const auto   x = point(i, options);
      const double A = std::exp(rate * x[2]);
      const double c = std::cos(x[0]), d = std::cos(x[1]);
      const auto check = [&](const unsigned int component, const double exact) {
        const double error = flow.value(x, component) - exact;
        BOOST_TEST(std::abs(error) < 1e-11, component << " " << error);
      };
      check(u, -A * c * std::sin(x[1]));
      check(v, A * std::sin(x[0]) * d);
      check(w, 2. * A * c * d);
      check(q, -4. * A * c * d);
      check(p, -3.5 * A * A / 4. * (std::cos(2. * x[0]) + std::cos(2. * x[1])));
    }
}



BOOST_AUTO_TEST_CASE(a_uniform_flow_obeys_the_logistic_equation)
{
  ActiveTurbulenceOptions options;
  options.initial = [](const int k_x, const int k_y) {
    return k_x == 0 && k_y == 0 ? Complex(0.3, 0.4) : Complex(0.);
  };
  options.n_points  = 8;
  options.time_step = 0.005;
  const ActiveTurbulence flow(options);

  for (unsigned int i = 0; i < 20; ++i)
    {
      const auto   x     = point(i, options);
      const double s     = 2. / (1. + 7. * std::exp(-2. * x[2]));
      const double speed = std::sqrt(s);
      BOOST_TEST(std::abs(flow.value(x, u) - 0.6 * speed) < 1e-11);
      BOOST_TEST(std::abs(flow.value(x, v) - 0.8 * speed) < 1e-11);
      BOOST_TEST(flow.value(x, w) == 0.);
      BOOST_TEST(flow.value(x, p) == 0.);
    }
}



BOOST_AUTO_TEST_CASE(the_equations_hold_with_all_their_terms)
{
  const auto             options = few_waves(160, 0.001);
  const ActiveTurbulence flow(options);
  double                 largest = 0.;
  for (unsigned int i = 0; i < 20; ++i)
    {
      const auto   x   = point(i, options);
      const double u_x = flow.value(x, u), v_x = flow.value(x, v);
      const double s          = u_x * u_x + v_x * v_x;
      const auto   gradient_p = flow.gradient(x, p);
      BOOST_TEST(std::abs(flow.gradient(x, u)[0] + flow.gradient(x, v)[1]) <
                 1e-12);
      BOOST_TEST(std::abs(flow.gradient(x, v)[0] - flow.gradient(x, u)[1] -
                          flow.value(x, w)) < 1e-12);
      BOOST_TEST(std::abs(flow.value(x, q) - laplacian(flow, x, w)) < 1e-10);
      for (const unsigned int c : {u, v})
        {
          const auto   g = flow.gradient(x, c);
          const double residual =
            g[2] + options.advection * (u_x * g[0] + v_x * g[1]) +
            gradient_p[c] +
            (options.friction + options.cubic_friction * s) * flow.value(x, c) -
            options.diffusion * laplacian(flow, x, c) +
            options.fourth_order * bilaplacian(flow, x, c);
          largest = std::max(largest, std::abs(residual));
        }
    }
  BOOST_TEST(largest < 1e-7, largest);
}



BOOST_AUTO_TEST_CASE(errors_fall_with_the_fourth_power_of_the_step)
{
  const auto             options = few_waves(32, 0.01);
  const ActiveTurbulence exact(few_waves(32, 0.000625));
  const double coarse = difference(ActiveTurbulence(options), exact, options);
  const double fine =
    difference(ActiveTurbulence(few_waves(32, 0.005)), exact, options);

  BOOST_TEST(fine < 1e-4, fine);
  BOOST_TEST((coarse / fine > 12. && coarse / fine < 20.),
             coarse << " " << fine);
}



BOOST_AUTO_TEST_CASE(errors_fall_exponentially_with_the_number_of_waves)
{
  const auto             options = few_waves(128, 0.005);
  const ActiveTurbulence exact(options);
  const double           coarse =
    difference(ActiveTurbulence(few_waves(32, 0.005)), exact, options);
  const double fine =
    difference(ActiveTurbulence(few_waves(64, 0.005)), exact, options);

  BOOST_TEST(fine < 1e-4, fine);
  BOOST_TEST(coarse / fine > 100., coarse << " " << fine);
}



BOOST_AUTO_TEST_CASE(derivatives_are_those_of_differences)
{
  const auto             options = few_waves(64, 0.002);
  const ActiveTurbulence flow(options);
  const double           h = 1e-3;
  for (unsigned int i = 0; i < 5; ++i)
    for (unsigned int c = 0; c < 5; ++c)
      {
        auto x = point(i, options);
        x[2]   = std::min(std::max(x[2], 0.1 + h), 0.2 - h);
        for (unsigned int d = 0; d < 3; ++d)
          {
            auto before = x, after = x;
            before[d] -= h;
            after[d] += h;
            const double slope =
              (flow.value(after, c) - flow.value(before, c)) / (2. * h);
            const double error = flow.gradient(x, c)[d] - slope;
            BOOST_TEST(std::abs(error) <
                         1e-3 * (1. + flow.gradient(x, c).norm()),
                       c << " " << d << " " << error);
          }
      }
}



BOOST_AUTO_TEST_CASE(random_waves_are_the_same_on_all_grids_and_ranks)
{
  ActiveTurbulenceOptions options;
  options.initial   = ActiveTurbulence::random_waves(3, 16);
  options.end_time  = 0.004;
  options.time_step = 0.001;
  options.n_points  = 68;
  const ActiveTurbulence coarse(options);
  options.n_points = 96;
  const ActiveTurbulence fine(options);

  // At the beginning, and the mean square of the speed.
  double             square = 0.;
  const unsigned int n      = 40;
  for (unsigned int i = 0; i < n; ++i)
    for (unsigned int j = 0; j < n; ++j)
      {
        const dealii::Point<3> x(
          i * 0.05 * std::acos(-1.), j * 0.05 * std::acos(-1.), 0.);
        if (j == 0)
          BOOST_TEST(std::abs(coarse.value(x, u) - fine.value(x, u)) < 1e-13);
        square += std::pow(coarse.value(x, u), 2) / (n * n) +
                  std::pow(coarse.value(x, v), 2) / (n * n);
      }
  BOOST_TEST(std::abs(square - 1.) < 1e-12, square - 1.);

  const double value = fine.value({1., 2., 0.003}, w);
  BOOST_TEST(dealii::Utilities::MPI::min(value, MPI_COMM_WORLD) == value);
  BOOST_TEST(dealii::Utilities::MPI::max(value, MPI_COMM_WORLD) == value);

  options.initial = ActiveTurbulence::random_waves(4, 16);
  BOOST_TEST(ActiveTurbulence(options).value({1., 2., 0.003}, w) != value);
}



BOOST_AUTO_TEST_CASE(steps_that_are_too_long_are_an_error)
{
  auto options       = few_waves(64, 0.5);
  options.begin_time = 40.;
  options.end_time   = 41.;
  options.advection  = 1000.;
  BOOST_CHECK_THROW(ActiveTurbulence flow(options), ComputationError);
}

BOOST_AUTO_TEST_SUITE_END()
