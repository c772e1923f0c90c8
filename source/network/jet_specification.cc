// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/network/jet_specification.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <map>

namespace sobolev
{
  namespace
  {
    using MultiIndex = JetSpecification::MultiIndex;
    using Term       = JetSpecification::Term;

    // Sorted directions, every multi-index once, no zeros.
    std::vector<Term>
    canonical(const std::vector<Term> &terms)
    {
      std::map<MultiIndex, double> sums;
      for (const Term &term : terms)
        {
          MultiIndex along = term.along;
          std::sort(along.begin(), along.end());
          sums[along] += term.factor;
        }
      std::vector<Term> result;
      for (const auto &entry : sums)
        if (entry.second != 0.)
          result.push_back({entry.first, entry.second});
      return result;
    }



    bool
    equal(const std::vector<Term> &one, const std::vector<Term> &two)
    {
      return std::equal(one.begin(),
                        one.end(),
                        two.begin(),
                        two.end(),
                        [](const Term &a, const Term &b) {
                          return a.along == b.along && a.factor == b.factor;
                        });
    }



    MultiIndex
    without(MultiIndex along, const unsigned int position)
    {
      along.erase(along.begin() + position);
      return along;
    }



    // factor * terms is the derivative of a sum of products of directions with
    // respect to one direction; the first of the terms has factor one.
    struct Contraction
    {
      std::vector<Term> terms;
      double            factor;
    };

    Contraction
    contract(const std::vector<Term> &sum, const unsigned int direction)
    {
      std::vector<Term> terms;
      for (const Term &term : sum)
        for (unsigned int i = 0; i < term.along.size(); ++i)
          if (term.along[i] == direction)
            terms.push_back({without(term.along, i), term.factor});
      terms = canonical(terms);
      if (terms.empty())
        return {{}, 0.};
      const double factor = terms.front().factor;
      for (Term &term : terms)
        term.factor /= factor;
      return {terms, factor};
    }
  } // namespace



  JetSpecification::JetSpecification()
  {
    append({{{}, 1.}});
  }



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
      terms.push_back({{d, d}, 1.});
    specification.add(terms);
    return specification;
  }



  JetSpecification
  JetSpecification::hessian(const unsigned int dim)
  {
    JetSpecification specification = gradient(dim);
    for (unsigned int a = 0; a < dim; ++a)
      for (unsigned int b = a; b < dim; ++b)
        specification.add(MultiIndex{a, b});
    return specification;
  }



  JetSpecification
  JetSpecification::bilaplacian(const unsigned int dim)
  {
    JetSpecification  specification = gradient(dim);
    std::vector<Term> terms;
    for (unsigned int a = 0; a < dim; ++a)
      for (unsigned int b = 0; b < dim; ++b)
        terms.push_back({{a, a, b, b}, 1.});
    specification.add(terms);
    return specification;
  }



  unsigned int
  JetSpecification::add_first(const unsigned int input)
  {
    std::vector<double> direction(input + 1, 0.);
    direction[input] = 1.;
    return add_direction(direction);
  }



  unsigned int
  JetSpecification::add_direction(const std::vector<double> &components)
  {
    // Trailing zeros make no other direction.
    std::vector<double> direction = components;
    while (!direction.empty() && direction.back() == 0.)
      direction.pop_back();
    for (unsigned int d = 0; d < direction_vectors.size(); ++d)
      if (direction_vectors[d] == direction)
        return d;
    direction_vectors.push_back(direction);
    const unsigned int d = direction_vectors.size() - 1;
    first_channels.push_back(append({{{d}, 1.}}));
    return d;
  }



  unsigned int
  JetSpecification::add(const MultiIndex &along)
  {
    return add(std::vector<Term>{{along, 1.}});
  }



  unsigned int
  JetSpecification::add(const std::vector<Term> &terms)
  {
    const auto sum = canonical(terms);
    Assert(!sum.empty(), dealii::ExcMessage("A channel needs a term."));
    const std::size_t order = sum.front().along.size();
    AssertIndexRange(order, max_order + 1);
    for (const Term &term : sum)
      {
        (void)term;
        Assert(term.along.size() == order,
               dealii::ExcMessage(
                 "The terms of a channel must be of the same order."));
        Assert(std::all_of(term.along.begin(),
                           term.along.end(),
                           [this](const unsigned int d) {
                             return d < direction_vectors.size();
                           }),
               dealii::ExcMessage("A derivative must be along directions that "
                                  "were added before."));
      }

    const unsigned int known = find(sum);
    if (known < n_channels())
      return known;

    // What the new channel is made of comes before it.
    if (order > 2)
      for (const Term &term : sum)
        for (unsigned int i = 0; i < order; ++i)
          for (unsigned int j = i + 1; j < order; ++j)
            add(MultiIndex{term.along[i], term.along[j]});
    if (order == 4)
      for (unsigned int d = 0; d < direction_vectors.size(); ++d)
        {
          const Contraction contraction = contract(sum, d);
          if (contraction.factor != 0.)
            add(contraction.terms);
        }
    return append(sum);
  }



  unsigned int
  JetSpecification::find(const std::vector<Term> &sum) const
  {
    const auto channel = std::find_if(
      channels.begin(), channels.end(), [&](const std::vector<Term> &terms) {
        return equal(terms, sum);
      });
    return channel - channels.begin();
  }



  unsigned int
  JetSpecification::channel(const MultiIndex &along) const
  {
    const unsigned int c = find(canonical({{along, 1.}}));
    Assert(c < n_channels(),
           dealii::ExcMessage("This derivative was not added."));
    return c;
  }



  unsigned int
  JetSpecification::order() const
  {
    unsigned int highest = 0;
    for (unsigned int c = 0; c < n_channels(); ++c)
      highest = std::max(highest, order(c));
    return highest;
  }



  unsigned int
  JetSpecification::append(const std::vector<Term> &sum)
  {
    const unsigned int h = channels.size();
    channels.push_back(sum);

    Rules rules;
    if (h == 0)
      rules.products[{0, 0}] = 1.;
    else
      rules.add_product(h, 0, 1.);
    switch (order(h))
      {
        case 2:
          add_second_order_rules(sum, rules);
          break;
        case 3:
          add_third_order_rules(sum, rules);
          break;
        case 4:
          add_fourth_order_rules(sum, rules);
          break;
      }

    for (const auto &entry : rules.compositions)
      {
        CompositionTerm term{
          h, static_cast<unsigned int>(entry.first.size()), {}, entry.second};
        std::copy(entry.first.begin(), entry.first.end(), term.factors.begin());
        composition_terms.push_back(term);
      }
    for (const auto &entry : rules.products)
      product_terms.push_back(
        {h, entry.first.first, entry.first.second, entry.second});
    find_laplacian();
    return h;
  }



  void
  JetSpecification::find_laplacian()
  {
    const unsigned int n = direction_vectors.size();
    diagonal_factors.clear();
    if (n_channels() != n + 2 || order(n + 1) != 2)
      return;

    std::vector<double> factors(n, 0.);
    for (const Term &term : channels.back())
      if (term.along[0] == term.along[1])
        factors[term.along[0]] = term.factor;
      else
        return;
    diagonal_factors = factors;
  }



  void
  JetSpecification::add_second_order_rules(const std::vector<Term> &sum,
                                           Rules                   &rules) const
  {
    for (const Term &term : sum)
      {
        const unsigned int a = first(term.along[0]), b = first(term.along[1]);
        rules.add_composition({a, b}, term.factor);
        rules.add_product(a, b, term.factor);
      }
  }



  // (f(z))_abc = f' z_abc + f'' (z_ab z_c + z_ac z_b + z_bc z_a)
  //              + f''' z_a z_b z_c
  void
  JetSpecification::add_third_order_rules(const std::vector<Term> &sum,
                                          Rules                   &rules) const
  {
    for (const Term &term : sum)
      {
        MultiIndex all;
        for (unsigned int i = 0; i < 3; ++i)
          {
            const unsigned int one  = first(term.along[i]);
            const unsigned int pair = channel(without(term.along, i));
            rules.add_composition({one, pair}, term.factor);
            rules.add_product(one, pair, term.factor);
            all.push_back(one);
          }
        rules.add_composition(all, term.factor);
      }
  }



  // (f(z))_abcd = f' z_abcd
  //   + f'' (z_abc z_d + 3 more + z_ab z_cd + 2 more)
  //   + f''' (z_ab z_c z_d + 5 more) + f'''' z_a z_b z_c z_d
  // where the sum over all terms of z_abc z_d + 3 more is, for every direction
  // d, one channel of third order times z_d.
  void
  JetSpecification::add_fourth_order_rules(const std::vector<Term> &sum,
                                           Rules                   &rules) const
  {
    for (unsigned int d = 0; d < direction_vectors.size(); ++d)
      {
        const Contraction contraction = contract(sum, d);
        if (contraction.factor != 0.)
          {
            const unsigned int third = find(contraction.terms);
            rules.add_composition({first(d), third}, contraction.factor);
            rules.add_product(first(d), third, contraction.factor);
          }
      }

    constexpr unsigned int pairings[3][4] = {
      {0, 1, 2, 3}, {0, 2, 1, 3}, {0, 3, 1, 2}};
    for (const Term &term : sum)
      {
        const auto &d = term.along;
        for (const auto &i : pairings)
          {
            const unsigned int one = channel({d[i[0]], d[i[1]]});
            const unsigned int two = channel({d[i[2]], d[i[3]]});
            rules.add_composition({one, two}, term.factor);
            rules.add_composition({one, first(d[i[2]]), first(d[i[3]])},
                                  term.factor);
            rules.add_composition({two, first(d[i[0]]), first(d[i[1]])},
                                  term.factor);
            rules.add_product(one, two, term.factor);
          }
        rules.add_composition(
          {first(d[0]), first(d[1]), first(d[2]), first(d[3])}, term.factor);
      }
  }



  void
  JetSpecification::Rules::add_composition(std::vector<unsigned int> factors,
                                           const double              factor)
  {
    std::sort(factors.begin(), factors.end());
    compositions[factors] += factor;
  }



  void
  JetSpecification::Rules::add_product(const unsigned int one,
                                       const unsigned int two,
                                       const double       factor)
  {
    products[{one, two}] += factor;
    products[{two, one}] += factor;
  }
} // namespace sobolev
