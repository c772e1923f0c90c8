// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/jet_specification.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>

namespace sobolev
{
  JetSpecification
  JetSpecification::value()
  {
    return JetSpecification();
  }



  JetSpecification
  JetSpecification::gradient(const unsigned int dim)
  {
    JetSpecification specification;
    for (unsigned int d = 0; d < dim; ++d)
      specification.add_first(d);
    return specification;
  }



  JetSpecification
  JetSpecification::laplacian(const unsigned int dim)
  {
    JetSpecification  specification = gradient(dim);
    std::vector<Term> terms;
    for (unsigned int d = 0; d < dim; ++d)
      terms.push_back({d, d, 1.});
    specification.add_second(terms);
    return specification;
  }



  JetSpecification
  JetSpecification::hessian(const unsigned int dim)
  {
    JetSpecification specification = gradient(dim);
    for (unsigned int a = 0; a < dim; ++a)
      for (unsigned int b = a; b < dim; ++b)
        specification.add_second({{a, b, 1.}});
    return specification;
  }



  unsigned int
  JetSpecification::add_first(const unsigned int input)
  {
    first_inputs.push_back(input);
    return first_inputs.size() - 1;
  }



  void
  JetSpecification::add_second(const std::vector<Term> &terms)
  {
    Assert(std::all_of(terms.begin(),
                       terms.end(),
                       [this](const Term &term) {
                         return term.a < n_first() && term.b < n_first();
                       }),
           dealii::ExcMessage("A second derivative must be along directions "
                              "that were added before."));
    second_terms.push_back(terms);
  }
} // namespace sobolev
