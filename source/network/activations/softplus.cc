// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/activation_kernels.h>

namespace sobolev
{
  namespace
  {
    // f = ln(1 + e^z), f' is the sigmoid function.
    const ActivationRegistration registration("softplus", [] {
      return std::make_shared<VectorisedActivation>(
        kernels::ActivationFunction::softplus, 1.0418668355353017);
    });
  } // namespace
} // namespace sobolev
