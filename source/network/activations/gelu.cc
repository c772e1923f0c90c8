// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/activation_kernels.h>

namespace sobolev
{
  namespace
  {
    // f = z Phi(z) with the normal distribution function Phi, not one of the
    // approximations by tanh (Hendrycks and Gimpel 2016).
    const ActivationRegistration registration("gelu", [] {
      return std::make_shared<VectorisedActivation>(
        kernels::ActivationFunction::gelu, 1.5335304411955352);
    });
  } // namespace
} // namespace sobolev
