// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/problem/laws/nonlinear_diffusion.h>
#include <sobolev/problem/unknown_coefficients.h>

namespace sobolev
{
  template <int dim>
  std::shared_ptr<const Law<dim>>
  NonlinearDiffusion<dim>::with_unknown_coefficients(
    const std::vector<unsigned int> &which) const
  {
    return make_unknown_coefficients<dim, 1>(*this, which);
  }



  template class NonlinearDiffusion<1>;
  template class NonlinearDiffusion<2>;
  template class NonlinearDiffusion<3>;
} // namespace sobolev
