// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_jet_h
#define sobolev_network_jet_h

#include <sobolev/network/jet_specification.h>

#include <array>

namespace sobolev
{
  /**
   * A number together with its input derivatives, as a JetSpecification lists
   * them: write a formula with it, get all derivatives.
   *
   * @code
   * Jet r = sqrt(x * x + y * y);
   * r[0];          // the radius
   * r[1];          // its derivative along the first direction
   * @endcode
   *
   * The specification is referenced and must outlive the jet. Derivatives of
   * functions that do not exist at a point, such as those of sqrt at zero, come
   * out as infinite or NaN.
   */
  class Jet
  {
  public:
    /** The largest number of channels; nothing is allocated. */
    static constexpr unsigned int max_channels = 40;

    /** A constant. At most max_channels channels are possible. */
    Jet(const JetSpecification &specification, const double value);

    /**
     * The input number @p input with the given value: first derivatives are
     * the components of the directions.
     */
    static Jet input(const JetSpecification &specification,
                     const unsigned int      input,
                     const double            value);

    double &
    operator[](const unsigned int channel)
    {
      return channels[channel];
    }

    double
    operator[](const unsigned int channel) const
    {
      return channels[channel];
    }

    const JetSpecification &
    specification() const
    {
      return *jet;
    }

    Jet &operator+=(const Jet &other);
    Jet &operator-=(const Jet &other);
    Jet &operator*=(const double factor);

    /** $f$ of this, from $f, f', \dots, f''''$ at the value of this. */
    Jet compose(const double f0,
                const double f1,
                const double f2,
                const double f3,
                const double f4) const;

    friend Jet operator*(const Jet &one, const Jet &two);

  private:
    const JetSpecification          *jet;
    std::array<double, max_channels> channels;
  };

  Jet operator+(Jet one, const Jet &two);
  Jet operator-(Jet one, const Jet &two);
  Jet operator*(const Jet &one, const Jet &two);
  Jet operator/(const Jet &one, const Jet &two);
  Jet operator-(Jet one);

  Jet operator+(Jet one, const double two);
  Jet operator+(const double one, Jet two);
  Jet operator-(Jet one, const double two);
  Jet operator-(const double one, Jet two);
  Jet operator*(Jet one, const double two);
  Jet operator*(const double one, Jet two);
  Jet operator/(Jet one, const double two);
  Jet operator/(const double one, const Jet &two);

  Jet sin(const Jet &z);
  Jet cos(const Jet &z);
  Jet tan(const Jet &z);
  Jet asin(const Jet &z);
  Jet acos(const Jet &z);
  Jet atan(const Jet &z);
  Jet sinh(const Jet &z);
  Jet cosh(const Jet &z);
  Jet tanh(const Jet &z);
  Jet exp(const Jet &z);
  Jet log(const Jet &z);
  Jet sqrt(const Jet &z);
  Jet abs(const Jet &z);

  /** $z^a$; for whole $a \ge 0$ also where $z \le 0$. */
  Jet pow(const Jet &z, const double a);

  /** The angle of $(x, y)$ in $(-\pi, \pi]$. */
  Jet atan2(const Jet &y, const Jet &x);
} // namespace sobolev

#endif
