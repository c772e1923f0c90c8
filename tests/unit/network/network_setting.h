// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_tests_network_network_setting_h
#define sobolev_tests_network_network_setting_h

#include <sobolev/network/network.h>

#include <deal.II/base/aligned_vector.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <ostream>
#include <string>
#include <vector>

#include "derivative_checks.h"
#include "network/reference_network.h"

namespace sobolev
{
  /** Networks, jets and points with which Network is tested. */
  namespace network_setting
  {
    using derivative_checks::dot;
    using derivative_checks::Function;
    using derivative_checks::Vector;
    using MultiIndex = JetSpecification::MultiIndex;

    // One network to test.
    struct Case
    {
      unsigned int              dim, n_inputs;
      std::vector<unsigned int> widths;
      unsigned int              n_outputs;
    };

    inline std::ostream &
    operator<<(std::ostream &out, const Case &c)
    {
      out << "dim " << c.dim << ", " << c.n_inputs << " inputs, widths";
      for (const unsigned int width : c.widths)
        out << ' ' << width;
      return out << ", " << c.n_outputs << " outputs";
    }

    // All of these have extra inputs, several outputs, widths that are no
    // multiple of 8 somewhere.
    const std::vector<Case> all_cases{{1, 1, {3}, 1},
                                      {1, 2, {7, 5}, 2},
                                      {2, 2, {11}, 3},
                                      {2, 3, {5, 9}, 1},
                                      {2, 4, {6, 5, 4, 7}, 2},
                                      {3, 3, {9, 3}, 2},
                                      {3, 4, {4, 5, 6, 3}, 1}};

    const std::vector<Case> small_cases{{1, 1, {3}, 1},
                                        {2, 3, {3, 5}, 2},
                                        {3, 3, {3, 2, 4, 3}, 1}};

    // For architectures with options: one pair of layers is equally wide.
    const Case option_case{2, 2, {6, 5, 5}, 2};

    // Half of the derivatives of the others jump where z = 0.
    inline bool
    is_smooth(const std::string &activation)
    {
      return activation.find("relu") == activation.npos;
    }

    inline std::vector<std::string>
    smooth_activations()
    {
      std::vector<std::string> result;
      for (const auto &name : activation_names())
        if (is_smooth(name))
          result.push_back(name);
      return result;
    }

    // Small enough that no neuron passes zero where that matters.
    inline double
    difference_step(const std::string &activation)
    {
      return is_smooth(activation) ? 1e-3 : 1e-5;
    }



    // A channel that mixes all second derivatives, and one that repeats a term.
    inline JetSpecification
    mixed_specification(const unsigned int dim)
    {
      auto result = JetSpecification::gradient(dim);
      std::vector<JetSpecification::Term> terms;
      for (unsigned int a = 0; a < dim; ++a)
        for (unsigned int b = 0; b < dim; ++b)
          terms.push_back({{a, b}, 0.3 + a - 0.7 * b});
      result.add(terms);
      result.add({{{0, dim - 1}, 1.5}, {{0, dim - 1}, -0.25}});
      return result;
    }



    // Derivatives along the last input only, which may be an extra one.
    inline JetSpecification
    subset_specification(const unsigned int n_inputs)
    {
      JetSpecification   result;
      const unsigned int last = result.add_first(n_inputs - 1);
      result.add({{{last, last}, -2.}});
      return result;
    }



    // Second derivatives along directions that are no inputs.
    inline JetSpecification
    oblique_specification(const unsigned int n_inputs)
    {
      JetSpecification    result;
      std::vector<double> direction;
      for (unsigned int i = 0; i < n_inputs; ++i)
        direction.push_back(0.8 - 0.5 * i);
      const unsigned int first  = result.add_direction(direction);
      const unsigned int second = result.add_first(n_inputs - 1);
      result.add(MultiIndex{first, second});
      result.add({{{first, first}, 1.}, {{second, second}, 0.4}});
      return result;
    }



    // As before, third and fourth derivatives.
    inline JetSpecification
    oblique_fourth_order(const unsigned int n_inputs)
    {
      auto result = oblique_specification(n_inputs);
      result.add(MultiIndex{0, 1, 1});
      result.add({{{0, 0, 0, 1}, 1.}, {{1, 1, 1, 1}, -0.3}});
      return result;
    }



    // u_xxx and u_y, or u_x; u_xxxx and u_y.
    inline JetSpecification
    pure_specification(const Case &c, const unsigned int order)
    {
      auto result = JetSpecification::gradient(c.dim);
      result.add(MultiIndex(order, c.dim - 1));
      return result;
    }



    inline std::vector<JetSpecification>
    second_order_specifications(const Case &c)
    {
      return {JetSpecification::value(),
              JetSpecification::gradient(c.dim),
              JetSpecification::laplacian(c.dim),
              JetSpecification::hessian(c.dim),
              JetSpecification::hessian(c.n_inputs),
              mixed_specification(c.dim),
              subset_specification(c.n_inputs),
              oblique_specification(c.n_inputs)};
    }



    inline std::vector<JetSpecification>
    higher_order_specifications(const Case &c)
    {
      return {pure_specification(c, 3),
              pure_specification(c, 4),
              JetSpecification::bilaplacian(c.dim),
              oblique_fourth_order(c.n_inputs)};
    }



    inline std::vector<JetSpecification>
    specifications(const Case &c)
    {
      auto       result = second_order_specifications(c);
      const auto higher = higher_order_specifications(c);
      result.insert(result.end(), higher.begin(), higher.end());
      return result;
    }



    inline Architecture
    architecture_of(const Case        &c,
                    const std::string &activation,
                    const std::string &option = "plain")
    {
      auto result =
        make_architecture(c.n_inputs, c.widths, c.n_outputs, activation);
      add_option(option, result);
      return result;
    }



    // A network, parameters, points and a tile with them.
    struct Setting
    {
      Setting(const Architecture     &architecture,
              const JetSpecification &jet,
              const unsigned int      n_points,
              const Precision         precision = Precision::double_precision)
        : network(architecture)
        , theta(network.initial_parameters(5))
        , points(make_points(architecture, n_points))
        , weights(network, precision)
        , tile(network, jet, n_points, precision)
        , n_jets(network.n_outputs() * jet.n_channels())
      {
        // The last biases are zero initially, slopes equal; move them.
        for (std::size_t k = 0; k < theta.size(); ++k)
          theta[k] += 0.1 * pseudo_random(2, k);
        fill_tile(tile, points);
      }

      // Jets without the padding: (output, channel) major, then points.
      std::vector<double>
      jets(const std::vector<double> &parameters)
      {
        weights.assign(view(parameters));
        network.evaluate(weights, tile);
        std::vector<double> result;
        for (unsigned int k = 0; k < n_jets; ++k)
          for (unsigned int p = 0; p < points.size(); ++p)
            result.push_back(tile.all_outputs()[k * tile.stride() + p]);
        return result;
      }

      // The sum of adjoint times jet.
      Function
      weighted_sum(const Vector &adjoints)
      {
        return [this, adjoints](const Vector &parameters) {
          return Vector{dot(adjoints, jets(parameters))};
        };
      }

      // jets() as a function.
      Function
      all_jets()
      {
        return [this](const Vector &parameters) {
          return jets(parameters);
        };
      }

      // From an adjoint of jets() to the padded one of the tile.
      void
      set_adjoints(const std::vector<double> &adjoints)
      {
        const auto all = tile.all_output_adjoints();
        std::fill(all.begin(), all.end(), 0.);
        for (unsigned int k = 0; k < n_jets; ++k)
          for (unsigned int p = 0; p < points.size(); ++p)
            all[k * tile.stride() + p] = adjoints[k * points.size() + p];
      }

      std::vector<double>
      adjoints() const
      {
        std::vector<double> result;
        for (unsigned int k = 0; k < n_jets * points.size(); ++k)
          result.push_back(pseudo_random(3, k));
        return result;
      }

      // The gradient of the sum of adjoint times jet.
      std::vector<double>
      gradient(const std::vector<double> &adjoints)
      {
        jets(theta);
        set_adjoints(adjoints);
        std::vector<double> result(theta.size(), 0.);
        network.add_parameter_gradient(weights, tile, view(result));
        return result;
      }

      // Its rows, point by point, column-major with leading dimension stride.
      dealii::AlignedVector<double>
      jacobian_rows(const std::vector<double> &adjoints)
      {
        jets(theta);
        set_adjoints(adjoints);
        dealii::AlignedVector<double> result(theta.size() * tile.stride(),
                                             1e300);
        network.compute_jacobian_rows(
          weights, tile, result.data(), tile.stride());
        return result;
      }

      Network                          network;
      std::vector<double>              theta;
      std::vector<std::vector<double>> points;
      NetworkWeights                   weights;
      JetTile                          tile;
      unsigned int                     n_jets;
    };



    // Setting::jets() by the reference network.
    template <typename Kind>
    std::vector<typename Kind::Scalar>
    reference_jets(const Setting                            &setting,
                   const std::vector<typename Kind::Scalar> &theta)
    {
      const std::size_t                  n = setting.points.size();
      std::vector<typename Kind::Scalar> result(setting.n_jets * n);
      for (std::size_t p = 0; p < n; ++p)
        {
          const auto u =
            reference_network::evaluate<Kind>(setting.network.architecture(),
                                              setting.tile.specification(),
                                              theta,
                                              setting.points[p]);
          std::size_t k = 0;
          for (const auto &channels : u)
            for (const auto &value : channels)
              result[k++ * n + p] = value;
        }
      return result;
    }



    // The largest error of a channel of an output, relative to its largest
    // number at any point.
    template <typename Scalar>
    double
    channel_error(const Setting             &setting,
                  const std::vector<double> &computed,
                  const std::vector<Scalar> &expected)
    {
      const std::size_t n       = setting.points.size();
      double            largest = 0.;
      for (unsigned int k = 0; k < setting.n_jets; ++k)
        {
          double error = 0., scale = std::numeric_limits<double>::min();
          for (std::size_t i = k * n; i < (k + 1) * n; ++i)
            {
              const double e = std::abs(computed[i] - expected[i]);
              error          = std::isfinite(e) ? std::max(error, e) : 1e300;
              scale          = std::max<double>(scale, std::abs(expected[i]));
            }
          largest = std::max(largest, error / scale);
        }
      return largest;
    }
  } // namespace network_setting
} // namespace sobolev

#endif
