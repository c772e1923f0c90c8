// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/objective/slope_recovery.h>

#include <cmath>
#include <numeric>

namespace sobolev
{
  namespace
  {
    // Call action(layer, exp(mean of its slopes)) for the hidden layers.
    template <typename Action>
    void
    for_each_hidden_layer(const Network                         &network,
                          const dealii::ArrayView<const double> &theta,
                          const Action                          &action)
    {
      for (const auto &layer : network.layout().layers())
        if (layer.n_slopes > 0)
          {
            const double *const begin = theta.data() + layer.slopes;
            const double        sum =
              std::accumulate(begin, begin + layer.n_slopes, 0.);
            action(layer, std::exp(sum / layer.n_slopes));
          }
    }
  } // namespace



  SlopeRecovery::SlopeRecovery(const Network &network,
                               const double   weight,
                               const bool     is_owner)
    : network(network)
    , weight(weight)
    , is_owner(is_owner)
  {
    AssertInput(network.architecture().slopes.kind !=
                  Architecture::Slopes::Kind::fixed,
                "slope recovery needs slopes that are trained, but Network/"
                "slopes is 'fixed'; allowed are 'layer' and 'neuron'.");
  }



  double
  SlopeRecovery::value(const dealii::ArrayView<const double> &theta) const
  {
    double       sum      = 0.;
    unsigned int n_layers = 0;
    for_each_hidden_layer(
      network, theta, [&](const auto &, const double exponential) {
        sum += exponential;
        ++n_layers;
      });
    return n_layers / sum;
  }



  void
  SlopeRecovery::add_derivative(const dealii::ArrayView<const double> &theta,
                                const double                           factor,
                                const dealii::ArrayView<double> &result) const
  {
    // dS/da^l_j = -S^2 exp(mean) / (L n_slopes)
    const double S        = value(theta);
    const double n_layers = network.architecture().hidden_widths.size();
    for_each_hidden_layer(
      network, theta, [&](const auto &layer, const double exponential) {
        for (unsigned int j = 0; j < layer.n_slopes; ++j)
          result[layer.slopes + j] -=
            factor * S * S * exponential / (n_layers * layer.n_slopes);
      });
  }



  unsigned int
  SlopeRecovery::n_parameters() const
  {
    return network.n_parameters();
  }



  std::size_t
  SlopeRecovery::n_rows() const
  {
    return is_owner ? 1 : 0;
  }



  std::vector<std::string>
  SlopeRecovery::block_names() const
  {
    return {"slope recovery"};
  }



  std::vector<ParameterGroup>
  SlopeRecovery::parameter_groups() const
  {
    return make_parameter_groups(network.layout());
  }



  std::vector<unsigned int>
  SlopeRecovery::blocks_of_rows() const
  {
    return std::vector<unsigned int>(n_rows(), 0);
  }



  std::vector<double>
  SlopeRecovery::row_weights() const
  {
    return std::vector<double>(n_rows(), 0.);
  }



  std::vector<double>
  SlopeRecovery::block_weights() const
  {
    return {weight};
  }



  void
  SlopeRecovery::set_block_weights(const std::vector<double> &weights)
  {
    AssertDimension(weights.size(), 1);
    weight = weights[0];
  }



  std::vector<double>
  SlopeRecovery::block_losses(
    const dealii::ArrayView<const double> &theta) const
  {
    return {is_owner ? weight * value(theta) : 0.};
  }



  void
  SlopeRecovery::compute_rows(const dealii::ArrayView<const double> &theta,
                              const dealii::ArrayView<double>       &rows) const
  {
    AssertDimension(rows.size(), n_rows());
    if (is_owner)
      rows[0] = std::sqrt(weight * value(theta));
  }



  double
  SlopeRecovery::add_gradient(const dealii::ArrayView<const double> &theta,
                              const dealii::ArrayView<double> &gradient) const
  {
    if (!is_owner)
      return 0.;
    add_derivative(theta, weight, gradient);
    return weight * value(theta);
  }



  void
  SlopeRecovery::add_transpose_product(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<const double> &v,
    const dealii::ArrayView<double>       &result) const
  {
    // d sqrt(W S) = sqrt(W / S) / 2 dS
    if (is_owner)
      add_derivative(
        theta, 0.5 * std::sqrt(weight / value(theta)) * v[0], result);
  }



  void
  SlopeRecovery::compute_jacobian(
    const dealii::ArrayView<const double>            &theta,
    const std::function<void(const JacobianPanel &)> &action) const
  {
    if (!is_owner)
      return;
    double              row;
    std::vector<double> derivatives(n_parameters(), 0.);
    compute_rows(theta, dealii::ArrayView<double>(&row, 1));
    add_derivative(theta,
                   0.5 * std::sqrt(weight / value(theta)),
                   dealii::make_array_view(derivatives));
    action(
      {0, dealii::ArrayView<const double>(&row, 1), derivatives.data(), 1});
  }
} // namespace sobolev
