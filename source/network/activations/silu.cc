// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/activation_kernels.h>

namespace sobolev
{
  namespace
  {
    // f = z s(z) with the sigmoid function s (Elfwing et al. 2018); also known
    // as swish (Ramachandran et al. 2017).
    const ActivationRegistration registration("silu", [] {
      return std::make_shared<VectorisedActivation>(
        kernels::ActivationFunction::silu, 1.6765324703310912);
    });

    const ActivationRegistration second_name(
      "swish",
      [] {
        return std::make_shared<VectorisedActivation>(
          kernels::ActivationFunction::silu, 1.6765324703310912);
      },
      true);
  } // namespace
} // namespace sobolev
