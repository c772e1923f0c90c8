// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_activation_kernels_h
#define sobolev_network_activation_kernels_h

#include <sobolev/network/activation.h>

#include <cstddef>

namespace sobolev
{
  namespace kernels
  {
    /** The functions that activation_jets() knows. */
    enum class ActivationFunction
    {
      /** $\tanh z$. */
      tanh,
      /** $\sin z$. */
      sin,
      /** $s(z) = 1/(1+e^{-z})$. */
      sigmoid,
      /** $\ln(1+e^z)$. */
      softplus,
      /** $z\,s(z)$. */
      silu,
      /** $z\,\Phi(z) = \frac z2 \mathrm{erfc}(-z/\sqrt2)$. */
      gelu,
      /** $\max(0,z)$. */
      relu,
      /** $\max(0,z)^2$. */
      relu2,
      /** $\max(0,z)^3$. */
      relu3,
      /** $\max(0,z)^2/2$. */
      irelu
    };

    /** Activation::evaluate() of the given function. */
    template <typename Number>
    using ActivationJets = void (*)(const ActivationFunction function,
                                    const JetSpecification  &jet,
                                    const std::size_t        n,
                                    const unsigned int       order,
                                    const Number             bias,
                                    const Number            *z,
                                    Number *const           *f,
                                    Number                  *a);

    /**
     * What evaluates activations with the widest instruction set that the
     * processor has (Google Highway chooses at run time), in @p Number = double
     * or float.
     *
     * Values are within 4 ULP in the whole range of @p Number, also where they
     * are tiny. Results below the smallest normal number are off by less than
     * three of the smallest units. The relative error of first derivatives is
     * below 1e-14 (45 ULP) where they are not near a zero. Errors of higher
     * derivatives are below 8 ULP of their largest value, and below 45 ULP for
     * $|z| > 20$. At a kink of the relu family derivatives are those of the
     * left side. For infinite $z$ results are the limits; those of sin are NaN.
     */
    template <typename Number>
    ActivationJets<Number> activation_jets();
  } // namespace kernels



  /** An Activation that consists of a vectorised function and a gain. */
  class VectorisedActivation : public Activation
  {
  public:
    VectorisedActivation(const kernels::ActivationFunction function,
                         const double                      gain);

    void evaluate(const JetSpecification &jet,
                  const std::size_t       n,
                  const unsigned int      order,
                  const double            bias,
                  const double           *z,
                  double *const          *f,
                  double                 *a) const override;

    void evaluate(const JetSpecification &jet,
                  const std::size_t       n,
                  const unsigned int      order,
                  const float             bias,
                  const float            *z,
                  float *const           *f,
                  float                  *a) const override;

    double gain() const override;

  private:
    const kernels::ActivationFunction function;
    const double                      signal_gain;
  };
} // namespace sobolev

#endif
