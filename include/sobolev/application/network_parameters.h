// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_network_parameters_h
#define sobolev_application_network_parameters_h

#include <sobolev/application/hard_boundary.h>
#include <sobolev/network/architecture.h>
#include <sobolev/network/network_weights.h>
#include <sobolev/sampling/box.h>

#include <deal.II/base/parameter_handler.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace sobolev
{
  /** The section Network of a parameter file. */
  class NetworkParameters
  {
  public:
    void declare_parameters(dealii::ParameterHandler &prm);

    /** @throws InputError for combinations that make no sense. */
    void parse_parameters(dealii::ParameterHandler &prm);

    /**
     * The network for inputs within @p box, without hard boundary.
     *
     * @param inputs    Names of the inputs, for formulas.
     * @param constants Constants of the formulas.
     * @param seed      Determines the random Fourier features.
     *
     * @throws InputError if an entry does not fit the numbers of inputs and of
     * components.
     */
    Architecture
    make_architecture(const Box                           &box,
                      const std::vector<std::string>      &inputs,
                      const unsigned int                   n_components,
                      const std::map<std::string, double> &constants,
                      const std::uint64_t                  seed) const;

    HardBoundaryOptions hard_boundary;

    /** What jets are computed in. */
    Precision precision() const;

  private:
    // cos(k.x) and sin(k.x) for the chosen, the random and the periodic k.
    void add_waves(Architecture &architecture, const std::uint64_t seed) const;

    std::vector<unsigned int> hidden_layers{20, 20, 20};
    std::string               activation  = "tanh";
    std::string               slopes      = "fixed";
    double                    slope_scale = 1., first_slope = 1., slope = 1.;
    std::string               normalization      = "none";
    std::string               initialization     = "glorot";
    bool                      skip_connections   = false;
    bool                      factorized_weights = false;
    std::string               fourier_features;
    unsigned int              n_random_features        = 0;
    double                    random_feature_deviation = 1.;
    std::string               periods;
    unsigned int              n_harmonics = 3;
    std::string               features, corner_features;
    std::vector<double>       output_scale{1.}, output_shift{0.};
    std::string               number_type = "double";
  };
} // namespace sobolev

#endif
