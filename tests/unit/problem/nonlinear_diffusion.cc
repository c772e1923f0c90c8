// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/problem/laws/nonlinear_diffusion.h>

#include <boost/mpl/list.hpp>

#include "laws.h"

using namespace sobolev;

namespace
{
  using Dimensions = boost::mpl::list<std::integral_constant<int, 1>,
                                      std::integral_constant<int, 2>,
                                      std::integral_constant<int, 3>>;

  constexpr std::array<double, 3> a         = {{1.5, -0.4, 0.7}};
  constexpr double                tolerance = 1e-12;



  /** The same law without its knowledge that the Laplacian is enough. */
  template <int dim>
  struct WithHessian : BalanceLaw<WithHessian<dim>, dim, 1>
  {
    WithHessian()
      : WithHessian(NonlinearDiffusion<dim>(a, expression<dim>("exp(x)")))
    {
    }

    explicit WithHessian(const NonlinearDiffusion<dim> &law)
      : BalanceLaw<WithHessian<dim>, dim, 1>(law.coefficients())
      , law(law)
    {
    }

    template <typename Number>
    SpatialVector<dim, Number>
    flux(const Location<dim, Number> &at, const State<dim, 1, Number> &u) const
    {
      return law.flux(at, u);
    }

    template <typename Number>
    Number
    source(const Location<dim, Number> &at,
           const State<dim, 1, Number> &u) const
    {
      return law.source(at, u);
    }

    std::string
    name() const override
    {
      return "nonlinear diffusion with the Hessian";
    }

    const NonlinearDiffusion<dim> law;
  };
} // namespace

BOOST_AUTO_TEST_SUITE(nonlinear_diffusion)

BOOST_AUTO_TEST_CASE_TEMPLATE(residual_and_weak_form_equal_the_hand_formula,
                              Dimension,
                              Dimensions)
{
  constexpr int                 dim = Dimension::value;
  const auto                    f   = expression<dim>("exp(x)");
  const NonlinearDiffusion<dim> law(a, f);
  const LawAtPoints<dim>        at(law);

  const auto residuals = at.residuals(at.jets);

  for (unsigned int i = 0; i < at.n; ++i)
    {
      const double u          = at.u(i);
      const auto   gradient   = at.gradient(i);
      const double a_of_u     = a[0] + a[1] * u + a[2] * u * u;
      const double derivative = a[1] + 2. * a[2] * u;
      const double expected   = -derivative * gradient.norm_square() -
                              a_of_u * trace(at.hessian(i)) -
                              f->value(at.points[i]);
      BOOST_TEST(std::abs(residuals[i] - expected) < tolerance);

      const auto form = at.evaluate(i, u, gradient);
      BOOST_TEST((form.flux[0] + a_of_u * gradient).norm() < tolerance);
      BOOST_TEST(form.source[0] == f->value(at.points[i]));
    }
}



BOOST_AUTO_TEST_CASE_TEMPLATE(derivatives_match_central_differences,
                              Dimension,
                              Dimensions)
{
  constexpr int                 dim = Dimension::value;
  const NonlinearDiffusion<dim> law(a, expression<dim>("exp(x)"));
  const LawAtPoints<dim>        at(law);

  at.check_linearisation();
  at.check_weak_form();
}



BOOST_AUTO_TEST_CASE_TEMPLATE(laplacian_and_hessian_give_the_same_residual,
                              Dimension,
                              Dimensions)
{
  constexpr int                 dim = Dimension::value;
  const NonlinearDiffusion<dim> law(a, expression<dim>("exp(x)"));
  const WithHessian<dim>        with_hessian;
  LawAtPoints<dim>              at(law);
  const LawAtPoints<dim>        at_hessian(with_hessian);
  for (unsigned int i = 0; i < at.n; ++i)
    {
      for (unsigned int k = 0; k < 1 + dim; ++k)
        at.jets[k * at.stride + i] = at_hessian.jets[k * at.stride + i];
      at.jets[(1 + dim) * at.stride + i] = trace(at_hessian.hessian(i));
    }

  const auto residuals = at.residuals(at.jets);
  const auto expected  = at_hessian.residuals(at_hessian.jets);

  BOOST_TEST(law.n_channels() == 2 + dim);
  for (unsigned int i = 0; i < at.n; ++i)
    BOOST_TEST(std::abs(residuals[i] - expected[i]) < tolerance);
}

BOOST_AUTO_TEST_SUITE_END()
