// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/problem/laws/diffusion_advection_reaction.h>
#include <sobolev/problem/unknown_coefficients.h>

#include <utility>

namespace sobolev
{
  template <int dim>
  DiffusionAdvectionReaction<dim>::DiffusionAdvectionReaction(
    const Options &options)
    : DiffusionAdvectionReaction(collect(options))
  {
  }



  template <int dim>
  DiffusionAdvectionReaction<dim>::DiffusionAdvectionReaction(
    const std::pair<Coefficients<dim>, Positions> &collected)
    : BalanceLaw<DiffusionAdvectionReaction<dim>, dim, 1>(collected.first)
    , positions(collected.second)
  {
  }



  template <int dim>
  std::pair<Coefficients<dim>,
            typename DiffusionAdvectionReaction<dim>::Positions>
  DiffusionAdvectionReaction<dim>::collect(const Options &options)
  {
    constexpr unsigned int n_tensor  = dim * (dim + 1) / 2;
    const auto            &diffusion = options.diffusion;
    const auto            &advection = options.advection;
    AssertInput(diffusion.size() <= 1 || diffusion.size() == n_tensor,
                "the diffusion coefficient has "
                  << diffusion.size() << " functions; allowed are 0, 1 or, for "
                  << "a symmetric tensor, " << n_tensor << ".");
    AssertInput(advection.empty() || advection.size() == dim,
                "the advection velocity has "
                  << advection.size() << " functions; allowed are 0 or " << dim
                  << ".");

    Coefficients<dim> coefficients;
    const auto        append = [&](const auto &functions) {
      const unsigned int first = coefficients.size();
      for (const auto &function : functions)
        {
          AssertInput(function != nullptr && function->n_components == 1,
                      "a coefficient of the law is not a scalar function.");
          coefficients.push_back(function);
        }
      return first;
    };

    Positions positions;
    if (!diffusion.empty())
      positions.diffusion = append(diffusion);
    positions.is_isotropic = diffusion.size() <= 1;
    if (!advection.empty())
      positions.advection = append(advection);

    const Coefficients<dim> reaction = {options.linear_reaction,
                                        options.quadratic_reaction,
                                        options.cubic_reaction};
    for (unsigned int k = 0; k < reaction.size(); ++k)
      if (reaction[k])
        positions.reaction[k] = append(Coefficients<dim>{reaction[k]});
    if (options.source)
      positions.source = append(Coefficients<dim>{options.source});

    return {coefficients, positions};
  }



  template <int dim>
  std::string
  DiffusionAdvectionReaction<dim>::name() const
  {
    return "diffusion-advection-reaction";
  }



  template <int dim>
  SecondDerivatives
  DiffusionAdvectionReaction<dim>::second_derivatives() const
  {
    return positions.is_isotropic ? SecondDerivatives::laplacian
                                  : SecondDerivatives::hessian;
  }



  template <int dim>
  bool
  DiffusionAdvectionReaction<dim>::is_symmetric() const
  {
    return positions.advection == absent;
  }



  template <int dim>
  bool
  DiffusionAdvectionReaction<dim>::is_linear() const
  {
    return positions.reaction[1] == absent && positions.reaction[2] == absent;
  }



  template <int dim>
  bool
  DiffusionAdvectionReaction<dim>::has_energy() const
  {
    return positions.advection == absent;
  }



  template <int dim>
  std::vector<std::string>
  DiffusionAdvectionReaction<dim>::coefficient_names() const
  {
    std::vector<std::string> names(this->coefficients().size());
    if (positions.diffusion != absent && positions.is_isotropic)
      names[positions.diffusion] = "a";
    else if (positions.diffusion != absent)
      for (unsigned int i = 0; i < dim; ++i)
        for (unsigned int j = i; j < dim; ++j)
          names[positions.diffusion + internal::packed_index<dim>(i, j)] =
            "a" + std::to_string(i) + std::to_string(j);
    if (positions.advection != absent)
      for (unsigned int d = 0; d < dim; ++d)
        names[positions.advection + d] = "b" + std::to_string(d);
    for (unsigned int k = 0; k < positions.reaction.size(); ++k)
      if (positions.reaction[k] != absent)
        names[positions.reaction[k]] = "c" + std::to_string(k + 1);
    if (positions.source != absent)
      names[positions.source] = "f";
    return names;
  }



  template <int dim>
  std::shared_ptr<const Law<dim>>
  DiffusionAdvectionReaction<dim>::with_unknown_coefficients(
    const std::vector<unsigned int> &which) const
  {
    return make_unknown_coefficients<dim, 1>(*this, which);
  }



  template class DiffusionAdvectionReaction<1>;
  template class DiffusionAdvectionReaction<2>;
  template class DiffusionAdvectionReaction<3>;
} // namespace sobolev
