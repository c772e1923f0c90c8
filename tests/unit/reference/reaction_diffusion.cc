// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// GaussLobattoLine against polynomials; ReactionDiffusion against manufactured
// solutions of nonlinear systems, with its rates of convergence, and against
// itself for diffusion with sorption, which begins with a jump.

#include <sobolev/base/exceptions.h>
#include <sobolev/reference/reaction_diffusion.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace sobolev;

namespace
{
  const double pi = std::acos(-1.);

  using Entries      = dealii::ArrayView<double>;
  using ConstEntries = dealii::ArrayView<const double>;



  /**
   * Two unknowns with storage that depends on both, a reaction that couples
   * them, and a flux that depends on the unknowns, made to have the solution
   *
   *   u = (2 + a(t) X(x)) , v = 1 + a(t) X(x) / 2, a = exp(-t) cos(3t),
   *
   * with X the product of cos(k x_d + 0.3).
   */
  template <int dim>
  struct Manufactured
  {
    static double
    amplitude(const double t)
    {
      return std::exp(-t) * std::cos(3. * t);
    }

    static double
    amplitude_rate(const double t)
    {
      return -std::exp(-t) * (std::cos(3. * t) + 3. * std::sin(3. * t));
    }

    static constexpr double k = 2.;

    static double
    shape(const dealii::Point<dim> &x)
    {
      double product = 1.;
      for (unsigned int d = 0; d < dim; ++d)
        product *= std::cos(k * x[d] + 0.3);
      return product;
    }

    static double
    exact(const dealii::Point<dim> &x, const double t, const unsigned int c)
    {
      return c == 0 ? 2. + amplitude(t) * shape(x)
                    : 1. + 0.5 * amplitude(t) * shape(x);
    }

    // m = (u + u^3/3 + v/10, v + u v/4).
    static void
    storage(const std::vector<dealii::Point<dim>> &x,
            const double,
            const ConstEntries &w,
            const Entries      &values,
            const Entries      &derivatives)
    {
      const unsigned int n = x.size();
      for (unsigned int p = 0; p < n; ++p)
        {
          const double u = w[p], v = w[n + p];
          values[p]              = u + u * u * u / 3. + 0.1 * v;
          values[n + p]          = v + 0.25 * u * v;
          derivatives[p]         = 1. + u * u;
          derivatives[n + p]     = 0.1;
          derivatives[2 * n + p] = 0.25 * v;
          derivatives[3 * n + p] = 1. + 0.25 * u;
        }
    }

    // R = (u - u^3 - v, u - v^2) and what the solution needs beside it.
    static void
    reaction(const std::vector<dealii::Point<dim>> &x,
             const double                           t,
             const ConstEntries                    &w,
             const Entries                         &values,
             const Entries                         &derivatives)
    {
      const unsigned int n = x.size();
      for (unsigned int p = 0; p < n; ++p)
        {
          const double U = exact(x[p], t, 0), V = exact(x[p], t, 1);
          const double U_t = amplitude_rate(t) * shape(x[p]), V_t = 0.5 * U_t;
          const double laplacian_U = -dim * k * k * (U - 2.);
          const double laplacian_V = -dim * k * k * (V - 1.);
          const double u = w[p], v = w[n + p];
          values[p] = u - u * u * u - v - (U - U * U * U - V) +
                      (1. + U * U) * U_t + 0.1 * V_t - D(0) * laplacian_U;
          values[n + p] = u - v * v - (U - V * V) + 0.25 * V * U_t +
                          (1. + 0.25 * U) * V_t - D(1) * laplacian_V;
          derivatives[p]         = 1. - 3. * u * u;
          derivatives[n + p]     = -1.;
          derivatives[2 * n + p] = 1.;
          derivatives[3 * n + p] = -2. * v;
        }
    }

    static double
    D(const unsigned int c)
    {
      return c == 0 ? 0.3 : 0.1;
    }

    // What leaves grows with the square of u, which has to be made up for.
    static typename ReactionDiffusionOptions<dim>::Term
    flux(const unsigned int face)
    {
      return [face](const std::vector<dealii::Point<dim>> &x,
                    const double                           t,
                    const ConstEntries                    &w,
                    const Entries                         &values,
                    const Entries                         &derivatives) {
        const unsigned int n = x.size(), d = face / 2;
        for (unsigned int p = 0; p < n; ++p)
          {
            // d/dx_d of cos(k x_d + 0.3) by that of the product.
            const double slope = (face % 2 == 0 ? 1. : -1.) * k * amplitude(t) *
                                 shape(x[p]) * std::tan(k * x[p][d] + 0.3);
            const double U           = exact(x[p], t, 0);
            const double u           = w[p];
            values[p]                = D(0) * slope - (u * u - U * U);
            values[n + p]            = D(1) * 0.5 * slope;
            derivatives[p]           = -2. * u;
            derivatives[n + p]       = derivatives[2 * n + p] =
              derivatives[3 * n + p] = 0.;
          }
      };
    }

    static ReactionDiffusionOptions<dim>
    options(const bool has_dirichlet)
    {
      ReactionDiffusionOptions<dim> options;
      for (unsigned int d = 0; d < dim; ++d)
        {
          options.lower[d] = -0.5;
          options.upper[d] = 1.;
        }
      options.diffusion = {D(0), D(1)};
      options.storage   = storage;
      options.reaction  = reaction;
      for (unsigned int face = has_dirichlet ? 1 : 0; face < 2 * dim; ++face)
        options.fluxes.push_back({face, flux(face)});
      if (has_dirichlet)
        for (const unsigned int c : {0, 1})
          options.dirichlet.push_back(
            {0, c, [c](const dealii::Point<dim> &x, const double t) {
               return exact(x, t, c);
             }});
      options.initial = [](const dealii::Point<dim> &x, const unsigned int c) {
        return exact(x, 0., c);
      };
      options.end_time = 1.;
      return options;
    }

    // The largest error of both unknowns at some points, at the end or at any
    // time.
    static double
    error(const ReactionDiffusionOptions<dim> &options, const bool at_end)
    {
      const ReactionDiffusion<dim> solution(options);
      double                       largest = 0.;
      for (unsigned int i = 0; i < 60; ++i)
        {
          dealii::Point<dim + 1> point;
          dealii::Point<dim>     x;
          for (unsigned int d = 0; d < dim; ++d)
            point[d] = x[d] =
              -0.5 + 1.5 * std::fmod((0.618 + 0.137 * d) * (i + 1), 1.);
          const double t = point[dim] =
            at_end ? 1. : std::fmod(0.755 * (i + 1), 1.);
          for (const unsigned int c : {0, 1})
            largest = std::max(
              largest, std::abs(solution.value(point, c) - exact(x, t, c)));
        }
      return largest;
    }
  };



  // Diffusion with sorption, u = 1 at x = 0, outflow at x = 1, u = 0 at t = 0.
  ReactionDiffusionOptions<1>
  sorption(const unsigned int n_cells, const unsigned int n_steps)
  {
    ReactionDiffusionOptions<1> options;
    options.lower     = dealii::Point<1>(0.);
    options.upper     = dealii::Point<1>(1.);
    options.diffusion = {5e-4};
    options.storage   = [](const std::vector<dealii::Point<1>> &x,
                         const double,
                         const ConstEntries &u,
                         const Entries      &values,
                         const Entries      &derivatives) {
      const double n = 0.874, c = 0.71 / 0.29 * 2880. * 3.5e-4, eps = 1e-6;
      for (unsigned int p = 0; p < x.size(); ++p)
        {
          const double size = std::abs(u[p]) + eps;
          values[p]         = u[p] + std::copysign(c, u[p]) *
                               (std::pow(size, n) - std::pow(eps, n));
          derivatives[p] = 1. + c * n * std::pow(size, n - 1.);
        }
    };
    options.fluxes.push_back({1,
                              [](const std::vector<dealii::Point<1>> &,
                                 const double,
                                 const ConstEntries &u,
                                 const Entries      &values,
                                 const Entries      &derivatives) {
                                values[0]      = -u[0];
                                derivatives[0] = -1.;
                              }});
    options.dirichlet.push_back(
      {0, 0, [](const dealii::Point<1> &, const double) {
         return 1.;
       }});
    options.initial = [](const dealii::Point<1> &, const unsigned int) {
      return 0.;
    };
    options.end_time = 500.;
    options.n_cells  = n_cells;
    options.n_steps  = n_steps;
    options.grading  = 4.;
    return options;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(reaction_diffusion)

BOOST_AUTO_TEST_CASE(lines_integrate_and_interpolate_polynomials)
{
  const GaussLobattoLine line(-1., 2., 3, 4);
  BOOST_TEST(line.n_nodes() == 13u);
  const auto f = [](const double x) {
    return 1. + x - 2. * x * x + x * x * x * x;
  };

  // To the degree 2 p - 1.
  double integral = 0., energy = 0.;
  for (unsigned int i = 0; i < line.n_nodes(); ++i)
    {
      integral += line.weight(i) * std::pow(line.node(i), 7);
      for (const auto &[j, k] : line.stiffness(i))
        energy += f(line.node(i)) * k * f(line.node(j));
    }
  BOOST_TEST(std::abs(integral - 255. / 8.) < 1e-12);
  // The integral of (1 - 4x + 4x^3)^2.
  const auto antiderivative = [](const double x) {
    return x - 4. * x * x + 16. / 3. * std::pow(x, 3) + 2. * std::pow(x, 4) -
           32. / 5. * std::pow(x, 5) + 16. / 7. * std::pow(x, 7);
  };
  BOOST_TEST(std::abs(energy - antiderivative(2.) + antiderivative(-1.)) <
             1e-10);

  for (const double x : {-1., -0.3, 0.999, 1., 1.7, 2.})
    {
      double sum = 0.;
      for (const auto &[i, shape] : line.interpolate(x))
        sum += shape * f(line.node(i));
      BOOST_TEST(std::abs(sum - f(x)) < 1e-13);
    }
}



// (1 + u^2) u_t = -(1 + u^2) u^2 everywhere.
BOOST_AUTO_TEST_CASE(steps_without_diffusion_converge_with_the_order_four)
{
  std::vector<double> errors;
  for (const unsigned int n_steps : {8, 16})
    {
      ReactionDiffusionOptions<1> options;
      options.lower     = dealii::Point<1>(0.);
      options.upper     = dealii::Point<1>(1.);
      options.diffusion = {0.};
      options.n_cells   = 1;
      options.degree    = 2;
      options.n_steps   = n_steps;
      options.end_time  = 4.;
      options.initial   = [](const dealii::Point<1> &, const unsigned int) {
        return 1.;
      };
      options.storage = [](const std::vector<dealii::Point<1>> &x,
                           const double,
                           const ConstEntries &u,
                           const Entries      &values,
                           const Entries      &derivatives) {
        for (unsigned int p = 0; p < x.size(); ++p)
          {
            values[p]      = u[p] + u[p] * u[p] * u[p] / 3.;
            derivatives[p] = 1. + u[p] * u[p];
          }
      };
      options.reaction = [](const std::vector<dealii::Point<1>> &x,
                            const double,
                            const ConstEntries &u,
                            const Entries      &values,
                            const Entries      &derivatives) {
        for (unsigned int p = 0; p < x.size(); ++p)
          {
            const double square = u[p] * u[p];
            values[p]           = -(1. + square) * square;
            derivatives[p]      = -2. * u[p] * (1. + 2. * square);
          }
      };
      errors.push_back(std::abs(
        ReactionDiffusion<1>(options).value({0.3, options.end_time}) - 0.2));
    }
  const double order = std::log2(errors[0] / errors[1]);
  BOOST_TEST((order > 3.7 && order < 4.6), order);
}



// Data that change in time at the faces cost some of the order.
BOOST_AUTO_TEST_CASE(steps_with_fluxes_converge_with_the_order_three)
{
  // At the end of a step, and between steps, where polynomials are used.
  for (const bool at_end : {true, false})
    {
      std::vector<double> errors;
      for (const unsigned int n_steps : {8, 16, 32})
        {
          auto options    = Manufactured<1>::options(false);
          options.n_cells = 4;
          options.degree  = 10;
          options.n_steps = n_steps;
          errors.push_back(Manufactured<1>::error(options, at_end));
        }
      const double order = std::log2(errors[1] / errors[2]);
      BOOST_TEST_MESSAGE("errors " << errors[0] << ' ' << errors[1] << ' '
                                   << errors[2] << ", order " << order);
      BOOST_TEST((order > 3. && order < 5.), order);
      BOOST_TEST(errors[2] < 1e-4);
    }
}



BOOST_AUTO_TEST_CASE(steps_with_boundary_values_converge_with_the_order_two)
{
  std::vector<double> errors;
  for (const unsigned int n_steps : {16, 32, 64})
    {
      auto options    = Manufactured<1>::options(true);
      options.n_cells = 4;
      options.degree  = 10;
      options.n_steps = n_steps;
      errors.push_back(Manufactured<1>::error(options, true));
    }
  const double order = std::log2(errors[1] / errors[2]);
  BOOST_TEST_MESSAGE("errors " << errors[0] << ' ' << errors[1] << ' '
                               << errors[2] << ", order " << order);
  BOOST_TEST((order > 1.8), order);
}



BOOST_AUTO_TEST_CASE(cells_converge_with_the_order_of_their_degree_plus_one)
{
  for (const unsigned int degree : {2, 3, 4})
    {
      std::vector<double> errors;
      for (const unsigned int n_cells : {4, 8})
        {
          auto options    = Manufactured<1>::options(true);
          options.n_cells = n_cells;
          options.degree  = degree;
          options.n_steps = 200;
          errors.push_back(Manufactured<1>::error(options, true));
        }
      const double order = std::log2(errors[0] / errors[1]);
      BOOST_TEST_MESSAGE("degree " << degree << ", errors " << errors[0] << ' '
                                   << errors[1] << ", order " << order);
      BOOST_TEST((order > degree + 0.5), order);
    }
}



BOOST_AUTO_TEST_CASE(the_plane_is_as_good_as_the_line)
{
  std::vector<double> errors;
  for (const unsigned int n_cells : {2, 4})
    {
      auto options    = Manufactured<2>::options(false);
      options.n_cells = n_cells;
      options.degree  = 4;
      options.n_steps = 30;
      errors.push_back(Manufactured<2>::error(options, true));
    }
  const double order = std::log2(errors[0] / errors[1]);
  BOOST_TEST_MESSAGE("errors " << errors[0] << ' ' << errors[1] << ", order "
                               << order);
  BOOST_TEST((order > 4.), order);
  BOOST_TEST(errors[1] < 1e-4);
}



BOOST_AUTO_TEST_CASE(a_jump_at_the_start_is_smoothed)
{
  const ReactionDiffusion<1> coarse(sorption(25, 40)), fine(sorption(50, 80));
  double                     difference = 0.;
  for (unsigned int i = 0; i < 200; ++i)
    {
      const dealii::Point<2> point(std::fmod(0.618 * (i + 1), 1.),
                                   20. + 480. * std::fmod(0.755 * i, 1.));
      const double           u = fine.value(point);
      BOOST_TEST((u > -1e-4 && u < 1. + 1e-4), u);
      difference = std::max(difference, std::abs(u - coarse.value(point)));
    }
  BOOST_TEST(difference < 2e-3);
  BOOST_TEST(fine.value({0., 300.}) == 1.);
  BOOST_TEST(fine.value({1., 500.}) < 0.05);
}



BOOST_AUTO_TEST_CASE(equations_without_a_solution_are_an_error)
{
  // u_t = u^2, u = 1 at first: infinite at t = 1.
  ReactionDiffusionOptions<1> options;
  options.lower     = dealii::Point<1>(0.);
  options.upper     = dealii::Point<1>(1.);
  options.diffusion = {1.};
  options.n_cells   = 2;
  options.n_steps   = 20;
  options.end_time  = 2.;
  options.initial   = [](const dealii::Point<1> &, const unsigned int) {
    return 1.;
  };
  options.reaction = [](const std::vector<dealii::Point<1>> &x,
                        const double,
                        const ConstEntries &u,
                        const Entries      &values,
                        const Entries      &derivatives) {
    for (unsigned int p = 0; p < x.size(); ++p)
      {
        values[p]      = u[p] * u[p];
        derivatives[p] = 2. * u[p];
      }
  };
  BOOST_CHECK_THROW(ReactionDiffusion<1>{options}, ComputationError);
}

BOOST_AUTO_TEST_SUITE_END()
