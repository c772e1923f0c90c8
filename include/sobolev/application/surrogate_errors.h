// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_surrogate_errors_h
#define sobolev_application_surrogate_errors_h

#include <sobolev/reference/norms.h>

#include <optional>
#include <utility>

namespace sobolev
{
  /** The comparisons of one run; see doc/output.md. */
  struct SurrogateErrors
  {
    /** A norm of a difference, absolute and relative. */
    struct Comparison
    {
      Norms absolute, relative;
    };

    /** Surrogate against reference. */
    Comparison to_reference;

    /** Estimated error of the reference. */
    Comparison of_reference;

    /** Surrogate and reference against the exact solution, if known. */
    std::optional<Comparison> to_exact, reference_to_exact;

    /**
     * Fluxes of the surrogate, if it has any, against those of the reference,
     * absolute and relative in the L2 norm.
     */
    std::optional<std::pair<double, double>> flux_to_reference;

    /** Whether the estimate is small enough, by the factor asked for. */
    bool reference_is_good_enough = false;
  };
} // namespace sobolev

#endif
