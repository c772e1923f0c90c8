// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_coefficient_map_h
#define sobolev_network_coefficient_map_h

#include <string>
#include <utility>
#include <vector>

namespace sobolev
{
  /**
   * A map $c = T(z) = m + s f(z)$ from all numbers $z$, in which optimizers
   * look for a minimum, to the values that an unknown coefficient $c$ may have.
   *
   * | Kind        | $f(z)$          | values for $s > 0$ |
   * | ----------- | --------------- | ------------------ |
   * | identity    | $z$             | all                |
   * | exponential | $e^z$           | $(m, \infty)$      |
   * | softplus    | $\ln(1 + e^z)$  | $(m, \infty)$      |
   * | sigmoid     | $1/(1 + e^{-z})$ | $(m, m + s)$      |
   *
   * With $s < 0$, $m$ is an upper bound.
   */
  struct CoefficientMap
  {
    enum class Kind
    {
      identity,
      exponential,
      softplus,
      sigmoid
    };

    /** The highest derivative that is known. */
    static constexpr unsigned int max_order = 5;

    Kind kind = Kind::identity;

    /** $m$ and $s \ne 0$, in the unit of the coefficient. */
    double offset = 0., factor = 1.;

    /** $T(z)$. */
    double value(const double z) const;

    /** $T'(z)$. */
    double derivative(const double z) const;

    /**
     * $T, T', \dots, T^{(q)}$ at $z$ to @p results, which has $q + 1 \le$
     * max_order + 1 entries.
     */
    void derivatives(const double       z,
                     const unsigned int order,
                     double *const      results) const;

    /**
     * The $z$ with $T(z)$ = @p value.
     *
     * @throws InputError if there is none.
     */
    double inverse(const double value) const;

    /** @throws InputError if offset or factor are not possible. */
    void check() const;

    /** The kinds and the names that they have in files. */
    static const std::vector<std::pair<Kind, std::string>> &kind_names();
  };
} // namespace sobolev

#endif
