// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/activation.h>
#include <sobolev/network/kernels.h>

namespace sobolev
{
  namespace
  {
    // f = sin, f' = cos, f'' = -sin, f''' = -cos.
    class Sin : public Activation
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
        kernels::sin_derivatives(z, n, f, f1, f2, f3);
      }

      // Uniform weights in +-sqrt(6/n) have this standard deviation; it makes
      // the argument of the next sine N(0,1) (Sitzmann et al. 2020).
      double
      gain() const override
      {
        return 1.4142135623730951;
      }
    };

    const ActivationRegistration registration("sin", [] {
      return std::make_shared<Sin>();
    });
  } // namespace
} // namespace sobolev
