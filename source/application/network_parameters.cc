// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/network_parameters.h>
#include <sobolev/application/selection_of.h>
#include <sobolev/base/counter_based_random.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/network/activation.h>
#include <sobolev/network/corner_function.h>
#include <sobolev/network/formula_function.h>

#include <deal.II/base/numbers.h>
#include <deal.II/base/patterns.h>
#include <deal.II/base/utilities.h>

namespace sobolev
{
  namespace
  {
    using namespace dealii::Patterns;
    using dealii::Utilities::split_string_list;
    using dealii::Utilities::trim;

    constexpr std::uint64_t wave_stream = 0x77617665;



    // The items of a list with semicolons; none if it is blank.
    std::vector<std::string>
    split(const std::string &text)
    {
      return trim(text).empty() ? std::vector<std::string>()
                                : split_string_list(text, ';');
    }



    // n numbers with commas between them.
    std::vector<double>
    parse_numbers(const std::string &entry,
                  const std::string &text,
                  const unsigned int n,
                  const std::string &what)
    {
      AssertInput(List(Double(), n, n).match(text),
                  "Network/" << entry << ": '" << text << "' must be " << what
                             << ".");
      return dealii::Utilities::string_to_double(split_string_list(text, ','));
    }



    // Both parts of the singular function of each corner 'x, y, angle, angle'.
    std::vector<std::shared_ptr<const InputFunction>>
    make_corner_functions(const std::string &text)
    {
      constexpr double degree = dealii::numbers::PI / 180.;

      std::vector<std::shared_ptr<const InputFunction>> functions;
      for (const std::string &corner : split(text))
        {
          const auto v =
            parse_numbers("corner features",
                          corner,
                          4,
                          "four numbers 'x, y, first angle, interior angle', "
                          "with angles in degrees");
          AssertInput(v[3] > 0. && v[3] <= 360.,
                      "Network/corner features: the interior angle "
                        << v[3] << " must be more than 0 and at most 360 "
                        << "degrees.");
          for (const auto part :
               {CornerFunction::Part::sine, CornerFunction::Part::cosine})
            functions.push_back(std::make_shared<CornerFunction>(
              part, v[0], v[1], v[2] * degree, v[3] * degree));
        }
      return functions;
    }



    // The value that belongs to a name.
    template <typename Enumeration>
    Enumeration
    choose(const std::map<std::string, Enumeration> &values,
           const std::string                        &name)
    {
      return values.at(name);
    }



    // One number for all components, or one for each.
    std::vector<double>
    one_per_component(const std::string         &entry,
                      const std::vector<double> &values,
                      const unsigned int         n_components)
    {
      if (values.size() == 1)
        return std::vector<double>(n_components, values[0]);
      AssertInput(values.size() == n_components,
                  "Network/" << entry << ": there are " << values.size()
                             << " numbers; allowed are one, or one for each of "
                             << "the " << n_components << " component(s).");
      return values;
    }
  } // namespace



  void
  NetworkParameters::declare_parameters(dealii::ParameterHandler &prm)
  {
    prm.enter_subsection("Network");
    prm.add_parameter("hidden layers",
                      hidden_layers,
                      "Neurons of each hidden layer [-].",
                      List(Integer(1, 10000), 1, 100));
    prm.add_parameter("activation",
                      activation,
                      "Function of the hidden neurons [-].",
                      selection_of(activation_names()));
    prm.add_parameter("slopes",
                      slopes,
                      "Factor in front of the argument of the activation: "
                      "fixed, or trained, one per layer or one per neuron [-].",
                      Selection("fixed|layer|neuron"));
    prm.add_parameter("slope scale",
                      slope_scale,
                      "Trained slopes are this factor times a parameter: the "
                      "larger, the faster they change [-].",
                      Double(1.));
    prm.add_parameter("first slope",
                      first_slope,
                      "Slope of the first hidden layer, at the start if it is "
                      "trained; with the activation sin it is a frequency, for "
                      "instance 30 [-].",
                      Double(1e-300));
    prm.add_parameter("slope",
                      slope,
                      "Slope of the other hidden layers, at the start if it is "
                      "trained [-].",
                      Double(1e-300));
    prm.add_parameter("normalization",
                      normalization,
                      "Normalisation of the hidden layers: over the neurons of "
                      "a layer, or neuron by neuron over a batch of points "
                      "[-].",
                      Selection("none|layer|batch"));
    prm.add_parameter("initialization",
                      initialization,
                      "Distribution of the first weights [-].",
                      Selection("glorot|he|orthogonal|siren"));
    prm.add_parameter("skip connections",
                      skip_connections,
                      "Whether the input of a hidden layer is added to its "
                      "output, where both are equally wide [-].");
    prm.add_parameter("factorized weights",
                      factorized_weights,
                      "Whether each neuron's weights are a trained vector "
                      "times the exponential of a trained number [-].");
    prm.add_parameter("fourier features",
                      fourier_features,
                      "Wave vectors 'k_x, k_y; ...' whose cosine and sine of "
                      "k.x become inputs [rad/x].");
    prm.add_parameter("random fourier features",
                      n_random_features,
                      "Number of random wave vectors beside the chosen ones "
                      "[-].",
                      Integer(0, 10000));
    prm.add_parameter("random fourier deviation",
                      random_feature_deviation,
                      "Standard deviation of their components, which are "
                      "normally distributed [rad/x].",
                      Double(1e-300));
    prm.add_parameter("periods",
                      periods,
                      "One number per coordinate, for instance '1, 0': the "
                      "network is periodic in this coordinate with this "
                      "period; 0 for not periodic [x].");
    prm.add_parameter("harmonics",
                      n_harmonics,
                      "Number of harmonics per period that become inputs [-].",
                      Integer(1, 1000));
    prm.add_parameter("features",
                      features,
                      "Formulas of the coordinates, separated by semicolons, "
                      "that become inputs [-].");
    prm.add_parameter("corner features",
                      corner_features,
                      "Corners 'x, y, first angle, interior angle; ...' of a "
                      "plane domain (angles in degrees, counterclockwise from "
                      "the x axis) whose singular functions become inputs "
                      "[x, x, degrees, degrees].");
    prm.add_parameter("output scale",
                      output_scale,
                      "Factor behind the last layer, about the size of the "
                      "solution; one number, or one per component [u].",
                      List(Double(1e-300), 1));
    prm.add_parameter("output shift",
                      output_shift,
                      "Added to the scaled output, about the mean of the "
                      "solution; one number, or one per component [u].",
                      List(Double(), 1));
    prm.add_parameter("precision",
                      number_type,
                      "Numbers that the network is trained in; sums over "
                      "points, residuals and parameters are double. Single is "
                      "faster, and good for errors down to about 1e-4 [-].",
                      Selection("double|single"));
    hard_boundary.declare_parameters(prm);
    prm.leave_subsection();
  }



  Precision
  NetworkParameters::precision() const
  {
    return number_type == "double" ? Precision::double_precision
                                   : Precision::single_precision;
  }



  void
  NetworkParameters::parse_parameters(dealii::ParameterHandler &)
  {
    make_corner_functions(corner_features);
    hard_boundary.check();
    AssertInput(slopes != "fixed" || slope_scale == 1.,
                "Network/slope scale: the value "
                  << slope_scale << " has no effect, because Network/slopes is "
                  << "'fixed'; it must be 1.");
  }



  Architecture
  NetworkParameters::make_architecture(
    const Box                           &box,
    const std::vector<std::string>      &inputs,
    const unsigned int                   n_components,
    const std::map<std::string, double> &constants,
    const std::uint64_t                  seed) const
  {
    using Slopes         = Architecture::Slopes;
    using Normalization  = Architecture::Normalization;
    using Initialization = Architecture::Initialization;

    // 1. The first layer.
    Architecture architecture;
    architecture.lower = box.lower;
    architecture.upper = box.upper;
    add_waves(architecture, seed);
    architecture.features  = make_corner_functions(corner_features);
    const unsigned int dim = inputs.size();
    AssertInput(dim == 2 || architecture.features.empty(),
                "Network/corner features: '"
                  << corner_features << "' is for plane domains; in " << dim
                  << "D the entry must be empty.");
    for (const std::string &formula : split(features))
      architecture.features.push_back(
        make_formula("features", formula, inputs, constants));

    // 2. The hidden layers.
    architecture.hidden_widths = hidden_layers;
    architecture.activation    = activation;
    architecture.slopes.kind =
      choose<Slopes::Kind>({{"fixed", Slopes::Kind::fixed},
                            {"layer", Slopes::Kind::layer},
                            {"neuron", Slopes::Kind::neuron}},
                           slopes);
    architecture.slopes.scale = slope_scale;
    architecture.slopes.first = first_slope;
    architecture.slopes.other = slope;
    architecture.normalization =
      choose<Normalization>({{"none", Normalization::none},
                             {"layer", Normalization::layer},
                             {"batch", Normalization::batch}},
                            normalization);
    architecture.initialization =
      choose<Initialization>({{"glorot", Initialization::glorot},
                              {"he", Initialization::he},
                              {"orthogonal", Initialization::orthogonal},
                              {"siren", Initialization::siren}},
                             initialization);
    architecture.skip_connections   = skip_connections;
    architecture.factorized_weights = factorized_weights;

    // 3. The outputs.
    architecture.output_scale =
      one_per_component("output scale", output_scale, n_components);
    architecture.output_shift =
      one_per_component("output shift", output_shift, n_components);
    return architecture;
  }



  void
  NetworkParameters::add_waves(Architecture       &architecture,
                               const std::uint64_t seed) const
  {
    const unsigned int dim = architecture.n_inputs();
    const std::string  number =
      dim == 1 ? "one number" : std::to_string(dim) + " numbers with commas";
    for (const std::string &wave : split(fourier_features))
      architecture.waves.push_back(
        parse_numbers("fourier features",
                      wave,
                      dim,
                      number + ", one component of a wave vector per "
                               "coordinate"));

    for (unsigned int m = 0; m < n_random_features; ++m)
      {
        std::vector<double> wave(dim);
        for (unsigned int d = 0; d < dim; ++d)
          wave[d] = random_feature_deviation *
                    CounterBasedRandom::normal(seed, wave_stream, m * dim + d);
        architecture.waves.push_back(wave);
      }

    if (trim(periods).empty())
      return;
    const auto period = parse_numbers(
      "periods", periods, dim, number + ", a period per coordinate");
    for (unsigned int d = 0; d < dim; ++d)
      {
        AssertInput(period[d] >= 0.,
                    "Network/periods: the period "
                      << period[d] << " is negative; it must be positive, or "
                      << "0 for a coordinate without period.");
        if (period[d] == 0.)
          continue;
        architecture.omitted_inputs.push_back(d);
        for (unsigned int m = 1; m <= n_harmonics; ++m)
          {
            std::vector<double> wave(dim, 0.);
            wave[d] = 2. * dealii::numbers::PI * m / period[d];
            architecture.waves.push_back(wave);
          }
      }
  }

} // namespace sobolev
