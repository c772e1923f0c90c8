// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/activation_kernels.h>

namespace sobolev
{
  namespace
  {
    // f' = 1 - f^2, f'' = -2 f f', f''' = f' (6 f^2 - 2).
    const ActivationRegistration registration("tanh", [] {
      return std::make_shared<VectorisedActivation>(
        kernels::ActivationFunction::tanh, 5. / 3.);
    });
  } // namespace
} // namespace sobolev
