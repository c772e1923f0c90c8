// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/activation_kernels.h>

namespace sobolev
{
  namespace
  {
    // f = 1/(1 + e^-z), f' = f (1 - f), f'' = f' (1 - 2 f).
    const ActivationRegistration registration("sigmoid", [] {
      return std::make_shared<VectorisedActivation>(
        kernels::ActivationFunction::sigmoid, 1.8462285453386054);
    });
  } // namespace
} // namespace sobolev
