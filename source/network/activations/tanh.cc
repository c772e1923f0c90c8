// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/activation.h>
#include <sobolev/network/kernels.h>

namespace sobolev
{
  namespace
  {
    // f = tanh, f' = 1 - f^2, f'' = -2 f f', f''' = f' (6 f^2 - 2).
    class Tanh : public Activation
    {
    public:
      void
      derivatives(const double     *z,
                  const std::size_t n,
                  double           *f,
                  double           *f1,
                  double           *f2,
                  double           *f3) const override
      {
        kernels::tanh_derivatives(z, n, f, f1, f2, f3);
      }

      double
      gain() const override
      {
        return 5. / 3.;
      }
    };

    const ActivationRegistration registration("tanh", [] {
      return std::make_shared<Tanh>();
    });
  } // namespace
} // namespace sobolev
