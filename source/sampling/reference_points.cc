// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/counter_based_random.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/sampling/reference_points.h>

#include <deal.II/base/quadrature_lib.h>

#include <deal.II/distributed/fully_distributed_tria.h>

#include <boost/random/sobol.hpp>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  namespace
  {
    // What the random numbers of one cell are used for.
    constexpr std::uint64_t rounding_purpose = 0;
    constexpr std::uint64_t shift_purpose    = 1;



    template <int d>
    dealii::Quadrature<d>
    gauss_points(const PointRule &rule)
    {
      if constexpr (d == 0)
        return dealii::Quadrature<0>(std::vector<dealii::Point<0>>(1),
                                     std::vector<double>(1, 1.));
      else if (rule.kind == PointRule::Kind::quadrature)
        return dealii::QGauss<d>(rule.n_quadrature_points);
      else
        return dealii::Quadrature<d>();
    }
  } // namespace



  template <int dim>
  std::vector<std::uint64_t>
  place_in_mesh(
    const typename dealii::Triangulation<dim>::active_cell_iterator &cell)
  {
    typename dealii::Triangulation<dim>::cell_iterator coarse_cell = cell;
    while (coarse_cell->level() > 0)
      coarse_cell = coarse_cell->parent();

    // Processes have only some of the coarse cells of a fully distributed mesh
    // and number these on their own.
    const auto id = cell->id();
    using FullyDistributed =
      dealii::parallel::fullydistributed::Triangulation<dim>;
    const bool is_fully_distributed = dynamic_cast<const FullyDistributed *>(
                                        &cell->get_triangulation()) != nullptr;

    std::vector<std::uint64_t> place;
    if (is_fully_distributed)
      place.push_back(id.get_coarse_cell_id());
    else
      place.push_back(coarse_cell->index());
    for (const auto child : id.get_child_indices())
      place.push_back(child);
    return place;
  }



  template <int d>
  ReferencePoints<d>::ReferencePoints(const PointRule &rule,
                                      const double     total_measure)
    : rule(rule)
    , total_measure(total_measure)
    , gauss(gauss_points<d>(rule))
  {
    if (rule.kind == PointRule::Kind::quadrature)
      AssertInput(rule.n_quadrature_points > 0,
                  "the number of quadrature points per direction is 0, but has "
                  "to be positive.");
    else
      AssertInput(rule.n_points > 0,
                  "the number of collocation points is 0, but has to be "
                  "positive.");
  }



  template <int d>
  std::uint64_t
  ReferencePoints<d>::name_of(const std::vector<std::uint64_t> &place,
                              const unsigned int                face) const
  {
    std::vector<std::uint64_t> words = {rule.stream, face};
    words.insert(words.end(), place.begin(), place.end());
    return CounterBasedRandom::hash(rule.seed, words);
  }



  template <int d>
  dealii::Quadrature<d>
  ReferencePoints<d>::operator()(const std::uint64_t name, const double measure)
  {
    if constexpr (d == 0)
      {
        (void)name;
        (void)measure;
        return gauss;
      }
    else
      {
        if (rule.kind == PointRule::Kind::quadrature)
          return gauss;

        const unsigned int n = n_points(name, measure);
        extend_sequence(n);

        dealii::Point<d> shift;
        for (unsigned int i = 0; i < d; ++i)
          shift[i] = CounterBasedRandom::uniform(name, shift_purpose, i);

        std::vector<dealii::Point<d>> points(sequence.begin(),
                                             sequence.begin() + n);
        for (auto &point : points)
          for (unsigned int i = 0; i < d; ++i)
            {
              point[i] += shift[i];
              if (point[i] >= 1.)
                point[i] -= 1.;
            }
        return dealii::Quadrature<d>(points, std::vector<double>(n, 1. / n));
      }
  }



  template <int d>
  unsigned int
  ReferencePoints<d>::n_points(const std::uint64_t name,
                               const double        measure) const
  {
    // Rounding at random keeps the expected density equal everywhere.
    const double expected = rule.n_points * (measure / total_measure);
    const double threshold =
      CounterBasedRandom::uniform(name, rounding_purpose, 0);
    return std::max(1U, static_cast<unsigned int>(expected + threshold));
  }



  template <int d>
  void
  ReferencePoints<d>::extend_sequence(const unsigned int n)
  {
    if constexpr (d > 0)
      {
        if (sequence.size() >= n)
          return;

        // All over again, and twice as many, so that it happens rarely.
        sequence.resize(std::max<std::size_t>(n, 2 * sequence.size()));
        boost::random::sobol generator(d);
        for (auto &point : sequence)
          for (unsigned int i = 0; i < d; ++i)
            point[i] = (generator() >> 11) * 0x1p-53;
      }
    else
      (void)n;
  }



  template std::vector<std::uint64_t>
  place_in_mesh<1>(const dealii::Triangulation<1>::active_cell_iterator &);
  template std::vector<std::uint64_t>
  place_in_mesh<2>(const dealii::Triangulation<2>::active_cell_iterator &);
  template std::vector<std::uint64_t>
  place_in_mesh<3>(const dealii::Triangulation<3>::active_cell_iterator &);

  template class ReferencePoints<0>;
  template class ReferencePoints<1>;
  template class ReferencePoints<2>;
  template class ReferencePoints<3>;
} // namespace sobolev
