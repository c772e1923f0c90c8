// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/components/cluster_energy.h>

#include <deal.II/base/exceptions.h>

#include <iomanip>
#include <sstream>

namespace sobolev
{
  namespace
  {
    const std::string atoms_topic = "cluster atoms";
    const std::string radii_topic = "cluster radii";
    const std::string width_topic = "cluster width";



    std::string
    to_text(const std::vector<double> &numbers)
    {
      std::ostringstream text;
      text << std::setprecision(17);
      for (std::size_t i = 0; i < numbers.size(); ++i)
        text << (i > 0 ? " " : "") << numbers[i];
      return text.str();
    }



    // All numbers of a text; none if there is anything else.
    std::vector<double>
    to_numbers(const std::string &text)
    {
      std::istringstream  in(text);
      std::vector<double> numbers;
      for (double number; in >> number;)
        numbers.push_back(number);
      return in.eof() ? numbers : std::vector<double>();
    }
  } // namespace



  ClusterEnergy::ClusterEnergy(const Network             &given_network,
                               const std::vector<double> &theta,
                               const ClusterFeatures     &features)
    : network(std::make_shared<const Network>(given_network.architecture()))
    , atoms(features)
  {
    const Architecture &architecture = network->architecture();
    AssertInput(network->n_inputs() == features.n_features() &&
                  network->n_outputs() == 1 &&
                  theta.size() == network->n_parameters(),
                "the energy of a cluster with "
                  << features.n_features() << " features: the network has "
                  << network->n_inputs() << " inputs, " << network->n_outputs()
                  << " outputs and " << theta.size()
                  << " parameters, which does not fit.");
    AssertInput(architecture.waves.empty() && architecture.features.empty() &&
                  architecture.omitted_inputs.empty() &&
                  architecture.offsets.empty() && architecture.factors.empty(),
                "the energy of a cluster is that of a plain network, without "
                "waves, features and hard constraints.");
    auto prepared = std::make_shared<NetworkWeights>(*network);
    prepared->assign(
      dealii::ArrayView<const double>(theta.data(), theta.size()));
    weights = prepared;
  }



  ClusterEnergy
  ClusterEnergy::load(const std::string &file_name)
  {
    const auto  surrogate = NetworkFunction<3>::load(file_name);
    const auto &topics    = surrogate->provenance();
    const auto  numbers   = [&](const std::string &topic) {
      const auto found  = topics.find(topic);
      const auto values = found == topics.end() ? std::vector<double>()
                                                   : to_numbers(found->second);
      AssertInput(!values.empty(),
                  "'" << file_name << "' is not the energy of a cluster: its "
                      << "provenance has no numbers for '" << topic << "'.");
      return values;
    };
    return ClusterEnergy(surrogate->network(),
                         surrogate->theta(),
                         ClusterFeatures(numbers(atoms_topic)[0],
                                         numbers(radii_topic),
                                         numbers(width_topic)[0]));
  }



  std::map<std::string, std::string>
  ClusterEnergy::provenance_of(const ClusterFeatures &features)
  {
    return {{atoms_topic, to_text({features.n_coordinates() / 3.})},
            {radii_topic, to_text(features.radii())},
            {width_topic, to_text({features.width()})}};
  }



  void
  ClusterEnergy::evaluate(const dealii::ArrayView<const double> &q,
                          JetTile                               &tile) const
  {
    AssertDimension(q.size(), n_coordinates());
    const auto x = atoms.values(q);
    tile.reinit(1);
    for (unsigned int m = 0; m < x.size(); ++m)
      tile.set_input(m, 0, x[m]);
    network->evaluate(*weights, tile);
  }



  double
  ClusterEnergy::energy(const dealii::ArrayView<const double> &q) const
  {
    JetTile tile(*network, JetSpecification::value(), 1);
    evaluate(q, tile);
    return tile.output(0, 0)[0];
  }



  double
  ClusterEnergy::energy_and_forces(
    const dealii::ArrayView<const double> &q,
    const dealii::ArrayView<double>       &forces) const
  {
    // 1. Forwards.
    JetTile tile(*network, JetSpecification::value(), 1);
    evaluate(q, tile);

    // 2. Backwards through the network.
    const auto adjoints = tile.all_output_adjoints();
    std::fill(adjoints.begin(), adjoints.end(), 0.);
    adjoints[0]         = -1.;
    const auto gradient = network->input_gradient(*weights, tile);

    // 3. Backwards through the features.
    std::vector<double> feature_adjoints(atoms.n_features());
    for (unsigned int m = 0; m < feature_adjoints.size(); ++m)
      feature_adjoints[m] = gradient[m * tile.stride()];
    std::fill(forces.begin(), forces.end(), 0.);
    atoms.add_gradient(q,
                       dealii::ArrayView<const double>(feature_adjoints.data(),
                                                       feature_adjoints.size()),
                       forces);
    return tile.output(0, 0)[0];
  }
} // namespace sobolev
