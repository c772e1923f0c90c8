// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_network_weights_h
#define sobolev_network_network_weights_h

#include <deal.II/base/aligned_vector.h>
#include <deal.II/base/array_view.h>

#include <memory>
#include <vector>

namespace sobolev
{
  class Network;

  /** The kind of floating point numbers that a network is evaluated in. */
  enum class Precision
  {
    double_precision,

    /**
     * Jets are computed in single precision; sums over points (losses,
     * gradients) and everything outside of the network stay double.
     */
    single_precision
  };



  /**
   * The parameters of a network, prepared for the evaluation of many tiles.
   *
   * Adaptive slopes and weight factors only multiply rows of weights and
   * biases: layer $l$ computes $f(\tilde W a + \tilde b)$ with
   * @f[
   *   \tilde W_{ji} = s_j e^{g_j} V_{ji}, \qquad \tilde b_j = s_j b_j .
   * @f]
   * and batch normalisation is another factor $\gamma_j / \sigma_j$ and shift
   * $s_j (\beta_j - \gamma_j \mu_j / \sigma_j)$. This object holds these
   * *effective* weights (also transposed, for reverse sweeps) and maps
   * derivatives with respect to them back to the parameters.
   *
   * To be assigned by one thread, then read by any number.
   */
  class NetworkWeights
  {
  public:
    /** Allocate for the given network, which must outlive this object. */
    explicit NetworkWeights(
      const Network  &network,
      const Precision precision = Precision::double_precision);

    /** Take over the parameters, of size Network::n_parameters(). */
    void assign(const dealii::ArrayView<const double> &theta);

    Precision
    precision() const
    {
      return number_type;
    }

  private:
    friend class Network;

    template <typename Number>
    struct Layer
    {
      dealii::AlignedVector<Number> weights, transposed, bias;
    };

    // theta_k depends on neuron j by d(effective weights)/d theta_k =
    // weights_factor * W_ji and d(effective bias)/d theta_k = bias_factor.
    struct Extra
    {
      unsigned int parameter, neuron;
      double       weights_factor, bias_factor;
    };

    struct Reparametrization
    {
      bool                is_trivial;
      std::vector<double> weights_factors, bias_factors, biases;
      std::vector<Extra>  extras;

      // Of a layer normalisation: y = gain u + shift.
      std::vector<double> gains, shifts;
    };

    void assign_layer(const unsigned int l);

    // From the derivatives with respect to gain and shift of neuron j of a
    // layer normalisation to those with respect to theta; add(k, gain_factor,
    // shift_factor) is called for each parameter k.
    template <typename Add>
    void pull_back_normalization(const unsigned int l,
                                 const unsigned int j,
                                 const Add         &add) const;

    template <typename Number>
    const std::vector<Layer<Number>> &layers() const;

    template <typename Number>
    void fill(std::vector<Layer<Number>> &layers);

    // From the derivative with respect to the effective weights and biases of
    // layer l (stored where the layout has weights and biases) to that with
    // respect to theta, added to gradient.
    void add_pulled_back(const unsigned int               l,
                         const double                    *effective,
                         const dealii::ArrayView<double> &gradient) const;

    // The same, in place, for n rows of a column-major Jacobian.
    void pull_back_rows(const unsigned int l,
                        const std::size_t  n,
                        double            *matrix,
                        const std::size_t  leading) const;

    // Add the derivatives with respect to gain and shift of neuron j.
    void
    add_normalization_gradient(const unsigned int               l,
                               const unsigned int               j,
                               const double                     gain_bar,
                               const double                     shift_bar,
                               const dealii::ArrayView<double> &gradient) const;

    // The same for n rows of a Jacobian.
    template <typename Number>
    void add_normalization_rows(const unsigned int l,
                                const unsigned int j,
                                const std::size_t  n,
                                const Number      *gain_bar,
                                const Number      *shift_bar,
                                double            *matrix,
                                const std::size_t  leading) const;

    const Network                 &network;
    const Precision                number_type;
    std::vector<double>            theta;
    std::vector<Layer<double>>     double_layers;
    std::vector<Layer<float>>      single_layers;
    std::vector<Reparametrization> reparametrizations;
    // One per coefficient, null for numbers.
    std::vector<std::unique_ptr<NetworkWeights>> fields;
  };
} // namespace sobolev

#endif
