// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/activation_kernels.h>

namespace sobolev
{
  namespace
  {
    // f' = cos, f'' = -sin, ... Uniform weights in +-sqrt(6/n) have this gain as
    // standard deviation; it makes the argument of the next sine N(0,1)
    // (Sitzmann et al. 2020).
    const ActivationRegistration registration("sin", [] {
      return std::make_shared<VectorisedActivation>(
        kernels::ActivationFunction::sin, 1.4142135623730951);
    });
  } // namespace
} // namespace sobolev
