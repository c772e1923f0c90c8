// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/activation_kernels.h>

namespace sobolev
{
  namespace
  {
    // Powers of max(0, z). Continuous derivatives: none of relu, one of relu2
    // and irelu, two of relu3. At zero derivatives are those of the left side.
    const ActivationRegistration relu("relu", [] {
      return std::make_shared<VectorisedActivation>(
        kernels::ActivationFunction::relu, 1.4142135623730951);
    });

    const ActivationRegistration relu2("relu2", [] {
      return std::make_shared<VectorisedActivation>(
        kernels::ActivationFunction::relu2, 0.81649658092772603);
    });

    const ActivationRegistration relu3("relu3", [] {
      return std::make_shared<VectorisedActivation>(
        kernels::ActivationFunction::relu3, 0.36514837167011074);
    });

    // Integrated ReLU, max(0, z)^2/2 (Lo and Huang 2023, arXiv:2310.01649).
    const ActivationRegistration irelu("irelu", [] {
      return std::make_shared<VectorisedActivation>(
        kernels::ActivationFunction::irelu, 1.6329931618554521);
    });
  } // namespace
} // namespace sobolev
