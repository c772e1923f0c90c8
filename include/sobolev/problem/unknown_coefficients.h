// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_problem_unknown_coefficients_h
#define sobolev_problem_unknown_coefficients_h

#include <sobolev/base/exceptions.h>
#include <sobolev/problem/balance_law.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * A law of which some coefficient functions are not known: they are unknowns
   * $u_n, \dots, u_{n+m-1}$ behind those of the law, without equations of their
   * own, and found from data. In
   * @f[
   *   \nabla \cdot F_c(x, u, \nabla u; u_n, \dots) = S_c(x, u, \nabla u; u_n,
   *   \dots), \qquad c = 0, \dots, n-1 ,
   * @f]
   * they vary in space like all unknowns do; a number has no gradient.
   *
   * Made by make_unknown_coefficients().
   *
   * @tparam KnownLaw       A BalanceLaw, which is copied.
   * @tparam n              Its unknowns.
   * @tparam n_coefficients $m$.
   */
  template <typename KnownLaw, int dim, int n, int n_coefficients>
  class UnknownCoefficients
    : public BalanceLaw<UnknownCoefficients<KnownLaw, dim, n, n_coefficients>,
                        dim,
                        n + n_coefficients,
                        n>
  {
  public:
    /** The coefficients number `which[0]`, `which[1]`, ... are not known. */
    UnknownCoefficients(const KnownLaw                  &law,
                        const std::vector<unsigned int> &which)
      : BalanceLaw<UnknownCoefficients, dim, n + n_coefficients, n>(
          law.coefficients())
      , law(law)
    {
      AssertDimension(which.size(), n_coefficients);
      AssertIndexRange(*std::max_element(which.begin(), which.end()),
                       law.coefficients().size());
      std::copy_n(which.begin(), n_coefficients, positions.begin());
    }

    template <typename Number>
    auto
    flux(const Location<dim, Number>                  &at,
         const State<dim, n + n_coefficients, Number> &u) const
    {
      return law.flux(locate(at, u), known_unknowns(u));
    }

    template <typename Number>
    auto
    source(const Location<dim, Number>                  &at,
           const State<dim, n + n_coefficients, Number> &u) const
    {
      return law.source(locate(at, u), known_unknowns(u));
    }

    std::string
    name() const override
    {
      return law.name();
    }

    SecondDerivatives
    second_derivatives() const override
    {
      return law.second_derivatives();
    }

  private:
    // With unknowns in place of the functions.
    template <typename Number>
    Location<dim, Number>
    locate(const Location<dim, Number>                  &at,
           const State<dim, n + n_coefficients, Number> &u) const
    {
      Location<dim, Number> result = at;
      for (unsigned int k = 0; k < n_coefficients; ++k)
        result.coefficients[positions[k]] = u.value(n + k);
      return result;
    }

    template <typename Number>
    static State<dim, n, Number>
    known_unknowns(const State<dim, n + n_coefficients, Number> &u)
    {
      State<dim, n, Number> result;
      std::copy_n(u.values.begin(), n, result.values.begin());
      std::copy_n(u.gradients.begin(), n, result.gradients.begin());
      return result;
    }

    const KnownLaw                           law;
    std::array<unsigned int, n_coefficients> positions;
  };



  /**
   * What a law with @p n unknowns returns from with_unknown_coefficients():
   * @code
   *   return make_unknown_coefficients<dim, 1>(*this, which);
   * @endcode
   *
   * @throws InputError unless one to four coefficients are unknown.
   */
  template <int dim, int n, typename KnownLaw>
  std::shared_ptr<const Law<dim>>
  make_unknown_coefficients(const KnownLaw                  &law,
                            const std::vector<unsigned int> &which)
  {
    switch (which.size())
      {
        case 1:
          return std::make_shared<UnknownCoefficients<KnownLaw, dim, n, 1>>(
            law, which);
        case 2:
          return std::make_shared<UnknownCoefficients<KnownLaw, dim, n, 2>>(
            law, which);
        case 3:
          return std::make_shared<UnknownCoefficients<KnownLaw, dim, n, 3>>(
            law, which);
        case 4:
          return std::make_shared<UnknownCoefficients<KnownLaw, dim, n, 4>>(
            law, which);
        default:
          AssertInput(false,
                      which.size() << " coefficients of the law '" << law.name()
                                   << "' cannot be unknown; allowed are one "
                                      "to four.");
      }
    return nullptr;
  }
} // namespace sobolev

#endif
