// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/problem/laws/diffusion_advection_reaction.h>

#include <boost/mpl/list.hpp>

#include "laws.h"

using namespace sobolev;

namespace
{
  using Dimensions = boost::mpl::list<std::integral_constant<int, 1>,
                                      std::integral_constant<int, 2>,
                                      std::integral_constant<int, 3>>;

  constexpr double tolerance = 1e-12;



  template <int dim>
  DiffusionAdvectionReactionOptions<dim>
  all_terms(const bool anisotropic)
  {
    const std::vector<std::string> diffusion = {
      "2+x^2", "0.3*sin(x)", "0.2*x", "3+x", "0.1*exp(x)", "4-x^3"};
    DiffusionAdvectionReactionOptions<dim> options;
    for (unsigned int k = 0; k < (anisotropic ? dim * (dim + 1) / 2 : 1); ++k)
      options.diffusion.push_back(expression<dim>(diffusion[k]));
    for (unsigned int d = 0; d < dim; ++d)
      options.advection.push_back(
        expression<dim>("cos(x)+" + std::to_string(d)));
    options.linear_reaction    = expression<dim>("1+x");
    options.quadratic_reaction = expression<dim>("2-x");
    options.cubic_reaction     = expression<dim>("exp(x)");
    options.source             = expression<dim>("sin(3*x)");
    return options;
  }



  /** The tensor at @p point and its divergence $\sum_i \partial_i A_{ij}$. */
  template <int dim>
  std::pair<dealii::Tensor<2, dim>, dealii::Tensor<1, dim>>
  tensor(const DiffusionAdvectionReactionOptions<dim> &options,
         const dealii::Point<dim>                     &point)
  {
    dealii::Tensor<2, dim> A;
    dealii::Tensor<1, dim> divergence;
    unsigned int           k = 0;
    for (unsigned int i = 0; i < dim; ++i)
      for (unsigned int j = i; j < dim; ++j)
        {
          if (options.diffusion.size() == 1 && i != j)
            continue;
          const auto &entry =
            *options.diffusion[options.diffusion.size() == 1 ? 0 : k++];
          A[i][j] = A[j][i]   = entry.value(point);
          const auto gradient = entry.gradient(point);
          divergence[j] += gradient[i];
          if (i != j)
            divergence[i] += gradient[j];
        }
    return {A, divergence};
  }



  template <int dim>
  void
  check_against_hand_formula(const bool anisotropic)
  {
    const auto                            options = all_terms<dim>(anisotropic);
    const DiffusionAdvectionReaction<dim> law(options);
    const LawAtPoints<dim>                at(law);

    const auto residuals = at.residuals(at.jets);

    for (unsigned int i = 0; i < at.n; ++i)
      {
        const auto  &x        = at.points[i];
        const double u        = at.u(i);
        const auto   gradient = at.gradient(i);
        const auto [A, div_A] = tensor(options, x);
        const dealii::Tensor<2, dim> H(at.hessian(i));

        double source = options.source->value(x) -
                        options.linear_reaction->value(x) * u -
                        options.quadratic_reaction->value(x) * u * u -
                        options.cubic_reaction->value(x) * u * u * u;
        for (unsigned int d = 0; d < dim; ++d)
          source -= options.advection[d]->value(x) * gradient[d];
        const double div_flux = -(div_A * gradient) - scalar_product(A, H);
        BOOST_TEST(std::abs(residuals[i] - (div_flux - source)) < tolerance);

        const auto form = at.evaluate(i, u, gradient);
        BOOST_TEST((form.flux[0] + A * gradient).norm() < tolerance);
        BOOST_TEST(std::abs(form.source[0] - source) < tolerance);
      }
  }
} // namespace

BOOST_AUTO_TEST_SUITE(diffusion_advection_reaction)

BOOST_AUTO_TEST_CASE_TEMPLATE(residual_and_weak_form_equal_the_hand_formula,
                              Dimension,
                              Dimensions)
{
  check_against_hand_formula<Dimension::value>(false);
  check_against_hand_formula<Dimension::value>(true);
}



BOOST_AUTO_TEST_CASE_TEMPLATE(derivatives_match_central_differences,
                              Dimension,
                              Dimensions)
{
  constexpr int dim = Dimension::value;
  for (const bool anisotropic : {false, true})
    {
      const DiffusionAdvectionReaction<dim> law(all_terms<dim>(anisotropic));
      const LawAtPoints<dim>                at(law);
      at.check_linearisation();
      at.check_weak_form();
    }
}



BOOST_AUTO_TEST_CASE(an_isotropic_tensor_equals_an_isotropic_coefficient)
{
  auto options           = all_terms<2>(false);
  auto full_options      = options;
  full_options.diffusion = {
    options.diffusion[0], expression<2>("0"), options.diffusion[0]};
  const DiffusionAdvectionReaction<2> law(options), full_law(full_options);
  const LawAtPoints<2>                at(law);
  LawAtPoints<2>                      full_at(full_law);
  for (unsigned int i = 0; i < at.n; ++i)
    {
      for (unsigned int k = 0; k < 3; ++k)
        full_at.jets[k * at.stride + i] = at.jets[k * at.stride + i];
      // The trace is what the law with the Laplacian has as channel 3.
      full_at.jets[5 * at.stride + i] =
        at.jets[3 * at.stride + i] - full_at.jets[3 * at.stride + i];
    }

  const auto residuals      = at.residuals(at.jets);
  const auto full_residuals = full_at.residuals(full_at.jets);

  BOOST_TEST(law.n_channels() == 4);
  BOOST_TEST(full_law.n_channels() == 6);
  for (unsigned int i = 0; i < at.n; ++i)
    BOOST_TEST(std::abs(residuals[i] - full_residuals[i]) < tolerance);
}



BOOST_AUTO_TEST_CASE(absent_terms_are_no_coefficients)
{
  DiffusionAdvectionReactionOptions<3> options;
  const DiffusionAdvectionReaction<3>  nothing(options);
  BOOST_TEST(nothing.coefficients().empty());
  BOOST_TEST(nothing.is_linear());
  BOOST_TEST(nothing.is_symmetric());

  const LawAtPoints<3> at(nothing);
  BOOST_TEST(at.residuals(at.jets)[1] == -at.jets[4 * at.stride + 1],
             boost::test_tools::tolerance(1e-14));

  options.cubic_reaction = expression<3>("x");
  const DiffusionAdvectionReaction<3> cubic(options);
  BOOST_TEST(cubic.coefficients().size() == 1);
  BOOST_TEST(!cubic.is_linear());
  BOOST_TEST(cubic.is_symmetric());
}



BOOST_AUTO_TEST_CASE(wrong_numbers_of_functions_are_errors)
{
  auto options = all_terms<2>(true);
  options.diffusion.pop_back();
  BOOST_CHECK_THROW(DiffusionAdvectionReaction<2>{options}, InputError);

  options = all_terms<2>(true);
  options.advection.pop_back();
  BOOST_CHECK_THROW(DiffusionAdvectionReaction<2>{options}, InputError);
}



BOOST_AUTO_TEST_CASE_TEMPLATE(the_energy_has_flux_and_source_as_derivatives,
                              Dim,
                              Dimensions)
{
  constexpr int dim = Dim::value;
  for (const bool anisotropic : {false, true})
    {
      auto options = all_terms<dim>(anisotropic);
      BOOST_TEST(!DiffusionAdvectionReaction<dim>(options).has_energy());
      options.advection.clear();
      const DiffusionAdvectionReaction<dim> law(options);
      BOOST_TEST(law.has_energy());
      const LawAtPoints<dim> at(law);

      constexpr unsigned int n      = LawAtPoints<dim>::n,
                             stride = LawAtPoints<dim>::stride;
      const auto energies           = [&](const std::vector<double> &jets,
                                std::vector<double>       &derivatives) {
        std::vector<double> result(stride);
        law.energy_densities(
          {dealii::ArrayView<const dealii::Point<dim>>(at.points.data(), n),
           at.table,
           0,
           dealii::make_array_view(jets),
           stride},
          dealii::make_array_view(result),
          dealii::make_array_view(derivatives));
        return result;
      };
      std::vector<double> jets(at.jets.begin(),
                               at.jets.begin() + (1 + dim) * stride);
      std::vector<double> derivatives(jets.size()), none;
      const auto          values = energies(jets, derivatives);

      for (unsigned int i = 0; i < n; ++i)
        {
          // 1. Flux and source are minus the derivatives.
          const auto form = at.evaluate(i, at.u(i), at.gradient(i));
          BOOST_TEST(std::abs(derivatives[i] + form.source[0]) < tolerance);
          for (unsigned int d = 0; d < dim; ++d)
            BOOST_TEST(std::abs(derivatives[(1 + d) * stride + i] +
                                form.flux[0][d]) < tolerance);

          // 2. The value is the integral of the derivative from zero, by
          //    Simpson's rule, which is exact for fourth powers.
          const auto slope = [&](const double t) {
            auto scaled = jets;
            for (double &jet : scaled)
              jet *= t;
            std::vector<double> at_t(jets.size());
            energies(scaled, at_t);
            double result = 0.;
            for (unsigned int k = 0; k <= dim; ++k)
              result += at_t[k * stride + i] * jets[k * stride + i];
            return result;
          };
          BOOST_TEST(std::abs(values[i] -
                              (slope(0.) + 4. * slope(0.5) + slope(1.)) / 6.) <
                     tolerance);
        }
      BOOST_TEST(energies(jets, none)[0] == values[0]);
    }
}

BOOST_AUTO_TEST_SUITE_END()
